package com.banqup.invitations.devstack.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.stream.Stream;

import com.banqup.invitations.devstack.host.DataFolder;

/**
 * The data folder of one running system. Nothing is ever deleted in a folder that this
 * program did not make.
 */
final class RunFolder implements AutoCloseable {

	private final DataFolder data;

	private boolean isNew;

	private RunFolder(DataFolder data, boolean isNew) {
		this.data = data;
		this.isNew = isNew;
	}

	/**
	 * Takes the folder for this process, made if need be.
	 * @throws LaunchException when it is somebody else's or in use
	 */
	static RunFolder open(Path path) {
		try {
			Files.createDirectories(path);
			boolean isNew = !Files.exists(path.resolve(DataFolder.MARKER));
			if (isNew) {
				requireEmpty(path);
			}
			return new RunFolder(DataFolder.lock(path), isNew);
		}
		catch (IllegalStateException ex) {
			throw new LaunchException(ex.getMessage() + " with --data DIR", ex);
		}
		catch (IOException | UncheckedIOException ex) {
			throw new LaunchException("data folder %s cannot be used: %s".formatted(path, ex), ex);
		}
	}

	/** Whether it was empty when it was opened, or is since. */
	boolean isNew() {
		return this.isNew;
	}

	Path path() {
		return this.data.path();
	}

	Path file(String name) {
		return path().resolve(name);
	}

	/** A folder within, made if need be. */
	Path folder(String name) {
		return this.data.folder(name);
	}

	/** Deletes what is in it, following no link. */
	void empty() {
		try (Stream<Path> content = Files.list(path())) {
			content.filter((child) -> !child.endsWith(DataFolder.MARKER)).forEach(RunFolder::delete);
			this.isNew = true;
		}
		catch (IOException | UncheckedIOException ex) {
			throw new LaunchException("data folder %s cannot be emptied: %s".formatted(path(), ex), ex);
		}
	}

	private static void delete(Path child) {
		DataFolder.delete(child);
		if (Files.exists(child, LinkOption.NOFOLLOW_LINKS)) {
			throw new LaunchException(
					"%s cannot be deleted: it is not yours, or somebody writes to it".formatted(child));
		}
	}

	/** Gives the folder back. */
	@Override
	public void close() {
		this.data.close();
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

}
