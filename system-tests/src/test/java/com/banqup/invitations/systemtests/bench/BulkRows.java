package com.banqup.invitations.systemtests.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Rows of a bulk as NDJSON, made while they are sent. They are always the same.
 *
 * @param count how many
 * @param domain of the clients' addresses
 */
record BulkRows(int count, String domain) {

	private static final String[] NAMES = { "Bakkerij Peeters", "Garage Dupont & Fils", "Zahnarztpraxis Müller",
			"Van den Berg Consulting", "Boulangerie Lefèvre", "Schreinerei Hoffmann", "Atelier Bloem", "Café du Nord" };

	private static final String[] LANGUAGES = { "nl", "fr", "de", "en" };

	private static final String[] COUNTRIES = { "BE", "NL", "DE", "FR", "LU" };

	void writeTo(OutputStream out) throws IOException {
		write(out, 0, this.count);
	}

	/** Some of them, counted from 0. */
	void write(OutputStream out, int first, int end) throws IOException {
		StringBuilder line = new StringBuilder(256);
		for (int row = first; row < end; row++) {
			line.setLength(0);
			line.append("{\"rowRef\":\"R").append(row).append("\",\"externalReference\":\"K-").append(row);
			line.append("\",\"name\":\"").append(NAMES[row % NAMES.length]).append(' ').append(row);
			line.append("\",\"email\":\"");
			appendAddress(line, row);
			line.append("\",\"language\":\"").append(LANGUAGES[row % LANGUAGES.length]);
			line.append("\",\"country\":\"").append(COUNTRIES[row % COUNTRIES.length]).append("\"}\n");
			out.write(line.toString().getBytes(StandardCharsets.UTF_8));
		}
	}

	/** Where the invitation of a row goes, counted from 0. */
	String address(int row) {
		StringBuilder address = new StringBuilder();
		appendAddress(address, row);
		return address.toString();
	}

	/** By hand: a format string would cost more than all the rest. */
	private void appendAddress(StringBuilder line, int row) {
		String digits = Integer.toString(row);
		line.append('c').repeat("0", 7 - digits.length()).append(digits).append('@').append(this.domain);
	}

}
