package com.banqup.invitations.cli.upload;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What came through a pipe, kept in a file that only its owner can read, as an upload
 * that breaks has to begin anew. The file goes with the program.
 */
public final class SpooledInput implements AutoCloseable {

	private final Path file;

	private SpooledInput(Path file) {
		this.file = file;
	}

	/** Reads the input to its end. */
	public static SpooledInput of(InputStream in) throws IOException {
		Path file = Files.createTempFile("invite-", ".rows");
		file.toFile().deleteOnExit();
		SpooledInput spooled = new SpooledInput(file);
		try {
			try (OutputStream out = Files.newOutputStream(file)) {
				in.transferTo(out);
			}
			return spooled;
		}
		catch (IOException ex) {
			spooled.close();
			throw ex;
		}
	}

	public Path file() {
		return this.file;
	}

	@Override
	public void close() {
		try {
			Files.deleteIfExists(this.file);
		}
		catch (IOException ex) {
			// Tried again when the program ends.
		}
	}

}
