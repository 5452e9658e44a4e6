package com.banqup.invitations.devstack.host;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Folders that last as long as their process, and whose leftovers the next one clears.
 */
public final class TemporaryFolders {

	/** How a part names the record of its child process. */
	static final String PROCESS_RECORD = "process";

	private TemporaryFolders() {
	}

	/**
	 * Clears what killed processes left behind, processes included, and takes a new
	 * folder.
	 * @param name the beginning of the folders' names; the user's name is added
	 */
	public static synchronized DataFolder claim(String name) {
		Path parent = Path.of(System.getProperty("java.io.tmpdir"));
		String prefix = name + "-" + System.getProperty("user.name") + "-";
		try (FileChannel channel = FileChannel.open(parent.resolve(prefix + "lock"), StandardOpenOption.CREATE,
				StandardOpenOption.WRITE)) {
			channel.lock();
			clearAbandoned(parent, prefix);
			return DataFolder.lock(Files.createTempDirectory(parent, prefix));
		}
		catch (IOException ex) {
			throw new UncheckedIOException("no temporary folder in " + parent, ex);
		}
	}

	private static void clearAbandoned(Path parent, String prefix) throws IOException {
		for (Path folder : foldersIn(parent)) {
			if (folder.getFileName().toString().startsWith(prefix) && Files.isWritable(folder)) {
				DataFolder.tryLock(folder).ifPresent((abandoned) -> {
					endProcesses(folder);
					abandoned.delete();
				});
			}
		}
	}

	private static void endProcesses(Path folder) {
		try {
			for (Path part : foldersIn(folder)) {
				ChildProcess.endRecorded(part.getFileName().toString(), part.resolve(PROCESS_RECORD));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static List<Path> foldersIn(Path parent) throws IOException {
		try (Stream<Path> children = Files.list(parent)) {
			return children.filter(Files::isDirectory).toList();
		}
	}

}
