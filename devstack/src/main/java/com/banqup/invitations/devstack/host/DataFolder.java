package com.banqup.invitations.devstack.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A folder that belongs to one stack at a time. The lock goes with the process, however
 * it ends.
 */
public final class DataFolder implements AutoCloseable {

	/**
	 * Tells that this program made the folder. Who uses the folder holds a lock on this
	 * file; it is never deleted before the folder, or two could hold locks on two files
	 * of this name.
	 */
	public static final String MARKER = ".client-invitations";

	/**
	 * The folders this process holds. Asked first: closing any channel of the marker
	 * gives back this process's lock on it (POSIX fcntl), and the virtual machine's own
	 * table of locks can forget one when a channel without a lock is closed meanwhile.
	 */
	private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

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
		try {
			Path folder = Files.createDirectories(path).toRealPath();
			if (!HELD.add(folder)) {
				return Optional.empty();
			}
			Optional<DataFolder> held = Optional.empty();
			try {
				held = lockMarker(folder);
				return held;
			}
			finally {
				if (held.isEmpty()) {
					HELD.remove(folder);
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException("data folder %s cannot be used: %s".formatted(path, ex.getMessage()), ex);
		}
	}

	/** Leaves the channel open only for a folder that is held. */
	private static Optional<DataFolder> lockMarker(Path folder) throws IOException {
		FileChannel channel = FileChannel.open(folder.resolve(MARKER), StandardOpenOption.CREATE,
				StandardOpenOption.WRITE);
		try {
			if (channel.tryLock() == null) {
				channel.close();
				return Optional.empty();
			}
			channel.truncate(0);
			channel.write(ByteBuffer.wrap("%s%nuses this folder or was the last one to%n".formatted(thisProcess())
				.getBytes(StandardCharsets.UTF_8)));
			return Optional.of(new DataFolder(folder, channel));
		}
		catch (IOException | RuntimeException ex) {
			channel.close();
			throw ex;
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

	/** Gives the folder back. */
	@Override
	public void close() {
		try {
			this.channel.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			HELD.remove(this.path);
		}
	}

	/** Deletes everything and gives the lock back. */
	public void delete() {
		delete(this.path);
		close();
	}

	/** Deletes a folder or a file; what cannot be deleted stays. */
	public static void delete(Path path) {
		if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
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
			if (HELD.contains(path.toRealPath())) {
				return thisProcess();
			}
			return Files.readString(path.resolve(MARKER)).lines().findFirst().orElse("another process");
		}
		catch (IOException ex) {
			return "another process";
		}
	}

	private static String thisProcess() {
		return "process %d".formatted(ProcessHandle.current().pid());
	}

}
