package com.banqup.invitations.acceptance.page;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A browser's connection, on which it may ask again before it was answered. */
final class KeptConnection implements AutoCloseable {

	private static final String END = "</html>";

	private static final int PATIENCE_MILLIS = 60_000;

	private final Socket socket;

	private final StringBuilder received = new StringBuilder();

	KeptConnection(int port) throws IOException {
		this.socket = new Socket("127.0.0.1", port);
		this.socket.setSoTimeout(PATIENCE_MILLIS);
	}

	/** Asks for all of these at once. */
	void ask(String... paths) throws IOException {
		askFor("*/*", paths);
	}

	/** Asks for all of these at once, in a format. */
	void askFor(String accept, String... paths) throws IOException {
		StringBuilder requests = new StringBuilder();
		for (String path : paths) {
			requests.append("GET %s HTTP/1.1\r\nHost: localhost\r\nAccept: %s\r\n\r\n".formatted(path, accept));
		}
		this.socket.getOutputStream().write(requests.toString().getBytes(StandardCharsets.US_ASCII));
	}

	/** The status lines of so many pages, once they are here completely. */
	List<String> pages(int number) throws IOException {
		List<String> statuses = new ArrayList<>();
		while (statuses.size() < number) {
			int end = this.received.indexOf(END);
			if (end >= 0) {
				statuses.add(this.received.substring(0, this.received.indexOf("\r\n")));
				this.received.delete(0, end + END.length());
				this.received.delete(0, leadingSpace());
				continue;
			}
			receive();
		}
		return statuses;
	}

	/** The status line and the headers of an answer, once they are here completely. */
	String head() throws IOException {
		while (this.received.indexOf("\r\n\r\n") < 0) {
			receive();
		}
		return this.received.substring(0, this.received.indexOf("\r\n\r\n"));
	}

	private void receive() throws IOException {
		byte[] chunk = new byte[8192];
		int read = this.socket.getInputStream().read(chunk);
		if (read < 0) {
			throw new EOFException("the connection was closed");
		}
		this.received.append(new String(chunk, 0, read, StandardCharsets.ISO_8859_1));
	}

	private int leadingSpace() {
		int space = 0;
		while (space < this.received.length() && Character.isWhitespace(this.received.charAt(space))) {
			space++;
		}
		return space;
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
