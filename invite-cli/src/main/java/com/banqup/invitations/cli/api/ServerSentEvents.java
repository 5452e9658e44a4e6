package com.banqup.invitations.cli.api;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

import org.jspecify.annotations.Nullable;

/** Reads {@code text/event-stream} as the HTML standard has it. */
final class ServerSentEvents implements AutoCloseable {

	private final BufferedReader lines;

	private String lastId;

	/**
	 * Events of a stream.
	 * @param lastId the id of the last event before, empty for none
	 */
	ServerSentEvents(InputStream stream, String lastId) {
		this.lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
		this.lastId = lastId;
	}

	/**
	 * The next event that has data; null at the stream's end. An event cut short is none.
	 */
	@Nullable Event next() throws IOException {
		String type = "message";
		StringBuilder data = new StringBuilder();
		boolean hasData = false;
		for (String line = this.lines.readLine(); line != null; line = this.lines.readLine()) {
			if (line.isEmpty()) {
				if (hasData) {
					return new Event(this.lastId, type, data.toString());
				}
				type = "message";
				continue;
			}
			int colon = line.indexOf(':');
			String field = (colon < 0) ? line : line.substring(0, colon);
			String value = (colon < 0) ? "" : line.substring(colon + 1).replaceFirst("^ ", "");
			switch (field) {
				case "event" -> type = value;
				case "id" -> this.lastId = value;
				case "data" -> {
					data.append(hasData ? "\n" : "").append(value);
					hasData = true;
				}
				default -> {
					// A comment, which is a heartbeat, or something newer than us.
				}
			}
		}
		return null;
	}

	@Override
	public void close() throws IOException {
		this.lines.close();
	}

	/** An event. */
	record Event(String id, String type, String data) {
	}

}
