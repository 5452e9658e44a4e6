package com.banqup.invitations.devstack.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The data folder of one running system. A marker tells that this program made it, so
 * that nothing else is ever deleted; a lock keeps a second launcher out and goes with the
 * process, however it ends.
 */
final class RunFolder implements AutoCloseable {

	private static final String MARKER = ".client-invitations";

	private static final String LOCK = "run.lock";

	private final Path path;

	private final FileChannel lock;

	private final boolean isNew;

	private RunFolder(Path path, FileChannel lock, boolean isNew) {
		this.path = path;
		this.lock = lock;
		this.isNew = isNew;
	}

	/**
	 * Takes the folder for this process, made if need be.
	 * @throws LaunchException when it is somebody else's or in use
	 */
	static RunFolder open(Path path) {
		try {
			Files.createDirectories(path);
			Path real = path.toRealPath();
			boolean isNew = !Files.exists(real.resolve(MARKER));
			if (isNew) {
				requireEmpty(real);
			}
			FileChannel lock = lock(real);
			if (isNew) {
				Files.writeString(real.resolve(MARKER),
						"Data of a local run of client invitations; ./run --fresh deletes this folder.\n");
			}
			return new RunFolder(real, lock, isNew);
		}
		catch (IOException ex) {
			throw new LaunchException("data folder %s cannot be used: %s".formatted(path, ex), ex);
		}
	}

	/** Whether it was empty when it was opened. */
	boolean isNew() {
		return this.isNew;
	}

	Path path() {
		return this.path;
	}

	Path file(String name) {
		return this.path.resolve(name);
	}

	/** A folder within, made if need be. */
	Path folder(String name) {
		try {
			return Files.createDirectories(this.path.resolve(name));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** This folder, empty and held by the same lock. */
	RunFolder emptied() {
		try {
			Path lockFile = this.path.resolve(LOCK);
			Path marker = this.path.resolve(MARKER);
			Files.walkFileTree(this.path, new Deletion(this.path, lockFile, marker));
			return new RunFolder(this.path, this.lock, true);
		}
		catch (IOException ex) {
			throw new LaunchException("data folder %s cannot be emptied: %s".formatted(this.path, ex), ex);
		}
	}

	/** Gives the folder back, without a trace of the lock. */
	@Override
	public void close() {
		try {
			Files.deleteIfExists(this.path.resolve(LOCK));
			this.lock.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void requireEmpty(Path path) throws IOException {
		try (Stream<Path> content = Files.list(path)) {
			if (content.findAny().isPresent()) {
				throw new LaunchException(
						"%s is not empty and was not made by this program: nothing there is touched. Choose another folder with --data DIR"
							.formatted(path));
			}
		}
	}

	private static FileChannel lock(Path path) throws IOException {
		Path file = path.resolve(LOCK);
		FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
		if (channel.tryLock() == null) {
			channel.close();
			throw new LaunchException(
					"%s is in use by %s: stop it with Ctrl-C, or choose another folder with --data DIR".formatted(path,
							holder(file)));
		}
		channel.truncate(0);
		channel.write(ByteBuffer.wrap(("process " + ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
		return channel;
	}

	private static String holder(Path file) throws IOException {
		String holder = Files.readString(file).strip();
		return holder.isEmpty() ? "another process" : holder;
	}

	/** Deletes what is in a folder, following no link, except what is kept. */
	private static final class Deletion extends SimpleFileVisitor<Path> {

		private final Path root;

		private final Path lock;

		private final Path marker;

		Deletion(Path root, Path lock, Path marker) {
			this.root = root;
			this.lock = lock;
			this.marker = marker;
		}

		@Override
		public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
			if (!file.equals(this.lock) && !file.equals(this.marker)) {
				Files.delete(file);
			}
			return FileVisitResult.CONTINUE;
		}

		@Override
		public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
			if (failure != null) {
				throw failure;
			}
			if (!folder.equals(this.root)) {
				try {
					Files.delete(folder);
				}
				catch (DirectoryNotEmptyException ex) {
					throw new IOException("somebody writes to " + folder, ex);
				}
			}
			return FileVisitResult.CONTINUE;
		}

	}

}
