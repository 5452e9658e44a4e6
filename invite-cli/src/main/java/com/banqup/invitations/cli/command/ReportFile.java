package com.banqup.invitations.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/** Where the results of all rows are saved as CSV: all of them, or nothing. */
final class ReportFile {

	private final Path file;

	private ReportFile(Path file) {
		this.file = file;
	}

	/**
	 * A report, if one is wanted.
	 * @throws Misuse if it could not be written in the end
	 */
	static @Nullable ReportFile of(@Nullable Path file) {
		if (file == null) {
			return null;
		}
		Path folder = file.toAbsolutePath().getParent();
		if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder) || Files.isDirectory(file)) {
			throw new Misuse("--report: " + file + " cannot be written");
		}
		return new ReportFile(file.toAbsolutePath());
	}

	void save(Session session, UUID id) {
		Path part = this.file.resolveSibling(this.file.getFileName() + ".part");
		try {
			session.ask("Saving the report", () -> download(session, id, part));
			move(part);
			session.console().note("Results of all rows: " + this.file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			part.toFile().delete();
		}
	}

	private static Path download(Session session, UUID id, Path part) {
		try (InputStream rows = session.batches().rows(id, null, "text/csv");
				OutputStream out = Files.newOutputStream(part)) {
			AnswerCopy.copy(rows, out);
			return part;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void move(Path part) throws IOException {
		try {
			Files.move(part, this.file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
		}
		catch (AtomicMoveNotSupportedException ex) {
			Files.move(part, this.file, StandardCopyOption.REPLACE_EXISTING);
		}
	}

}
