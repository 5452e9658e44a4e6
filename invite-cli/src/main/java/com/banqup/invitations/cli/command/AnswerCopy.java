package com.banqup.invitations.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

import com.banqup.invitations.cli.api.Unreachable;

/** Copies answers, and tells the server's failures from those of what it writes to. */
final class AnswerCopy {

	private static final int BUFFER = 64 * 1024;

	private AnswerCopy() {
	}

	/**
	 * Copies an answer.
	 * @throws Unreachable if the answer breaks off
	 * @throws IOException if it cannot be written
	 */
	static void copy(InputStream answer, OutputStream out) throws IOException {
		byte[] buffer = new byte[BUFFER];
		for (int read = read(answer, buffer); read >= 0; read = read(answer, buffer)) {
			out.write(buffer, 0, read);
		}
	}

	private static int read(InputStream answer, byte[] buffer) {
		try {
			return answer.read(buffer);
		}
		catch (IOException ex) {
			throw new Unreachable("the answer broke off: " + ex.getMessage(), ex);
		}
	}

}
