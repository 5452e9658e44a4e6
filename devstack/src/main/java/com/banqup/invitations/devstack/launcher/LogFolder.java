package com.banqup.invitations.devstack.launcher;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The logs, one file a process. Processes append to their files themselves; a file that
 * grew beyond the limit becomes {@code NAME.1.log} and starts again, so that a process
 * never takes more than about twice the limit.
 */
final class LogFolder {

	private static final String SUFFIX = ".log";

	private static final String OLDER = ".1" + SUFFIX;

	private final Path path;

	private final long limit;

	/**
	 * A folder of logs.
	 * @param limit in bytes, of each file
	 */
	LogFolder(Path path, long limit) {
		this.path = path;
		this.limit = limit;
	}

	Path path() {
		return this.path;
	}

	/** The log of this process. */
	Path of(String process) {
		return this.path.resolve(process + SUFFIX);
	}

	/** The end of a process's log, for the user to read. */
	List<String> lastLines(String process, int count) {
		Path file = of(process);
		if (!Files.exists(file)) {
			return List.of();
		}
		try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
			log.seek(Math.max(0, log.length() - 300L * count));
			byte[] tail = Channels.newInputStream(log.getChannel()).readAllBytes();
			List<String> lines = new String(tail, StandardCharsets.UTF_8).lines().toList();
			return lines.subList(Math.max(0, lines.size() - count), lines.size());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Turns every file that is too large. What is written meanwhile may be lost. */
	void turn() {
		try (Stream<Path> files = Files.list(this.path)) {
			files.filter(this::isTooLarge).forEach(LogFolder::turn);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private boolean isTooLarge(Path file) {
		String name = file.getFileName().toString();
		return name.endsWith(SUFFIX) && !name.endsWith(OLDER) && file.toFile().length() > this.limit;
	}

	private static void turn(Path file) {
		String name = file.getFileName().toString();
		Path older = file.resolveSibling(name.substring(0, name.length() - SUFFIX.length()) + OLDER);
		try {
			Files.copy(file, older, StandardCopyOption.REPLACE_EXISTING);
			Files.newByteChannel(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING).close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
