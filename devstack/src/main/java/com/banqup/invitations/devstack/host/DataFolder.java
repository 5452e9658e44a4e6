package com.banqup.invitations.devstack.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * A folder that belongs to one stack at a time. The lock goes with the process, however
 * it ends.
 */
public final class DataFolder implements AutoCloseable {

	private static final String LOCK_FILE = "stack.lock";

	private final Path path;

	private final FileChannel channel;

	private DataFolder(Path path, FileChannel channel) {
		this.path = path;
		this.channel = channel;
	}

	/**
	 * Creates the folder if need be and takes its lock.
	 * @throws IllegalStateException if another stack holds it
	 */
	public static DataFolder lock(Path path) {
		return tryLock(path).orElseThrow(
				() -> new IllegalStateException("data folder %s is in use by %s: stop it or choose another folder"
					.formatted(path.toAbsolutePath(), holder(path))));
	}

	/** Like {@link #lock(Path)}, empty if another stack holds it. */
	public static Optional<DataFolder> tryLock(Path path) {
		FileChannel channel = null;
		try {
			Files.createDirectories(path);
			channel = FileChannel.open(path.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
			FileLock lock = channel.tryLock();
			if (lock == null) {
				channel.close();
				return Optional.empty();
			}
			channel.truncate(0);
			channel
				.write(ByteBuffer.wrap(("process " + ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
			return Optional.of(new DataFolder(path.toRealPath(), channel));
		}
		catch (OverlappingFileLockException ex) {
			closeQuietly(channel);
			return Optional.empty();
		}
		catch (IOException ex) {
			closeQuietly(channel);
			throw new UncheckedIOException("data folder %s cannot be used: %s".formatted(path, ex.getMessage()), ex);
		}
	}

	/** A folder within, created if need be. */
	public Path folder(String name) {
		try {
			return Files.createDirectories(this.path.resolve(name));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	public Path path() {
		return this.path;
	}

	/** Gives the folder back, without a trace of the lock. */
	@Override
	public void close() {
		try {
			Files.deleteIfExists(this.path.resolve(LOCK_FILE));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		closeQuietly(this.channel);
	}

	/** Deletes everything and gives the lock back. */
	public void delete() {
		delete(this.path);
		close();
	}

	/** Deletes a folder or a file; what cannot be deleted stays. */
	public static void delete(Path path) {
		if (!Files.exists(path)) {
			return;
		}
		try (Stream<Path> files = Files.walk(path)) {
			files.sorted((a, b) -> b.compareTo(a)).forEach((file) -> file.toFile().delete());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String holder(Path path) {
		try {
			String holder = Files.readString(path.resolve(LOCK_FILE)).strip();
			return holder.isEmpty() ? "another process" : holder;
		}
		catch (IOException ex) {
			return "another process";
		}
	}

	private static void closeQuietly(@Nullable FileChannel channel) {
		if (channel == null) {
			return;
		}
		try {
			channel.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
