package com.banqup.invitations.systemtests;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Stands in for the mail relay: takes the first mails, and never says what became of
 * those that come after them.
 */
final class StallingRelay implements AutoCloseable {

	private static final String MESSAGE_ID = "message-id:";

	private final ServerSocket server;

	private final int takes;

	private final List<Socket> connections = new ArrayList<>();

	private final Map<String, String> taken = new HashMap<>();

	private final Map<String, String> stalled = new HashMap<>();

	/**
	 * Listens from now on.
	 * @param port on 127.0.0.1
	 * @param takes how many mails it takes
	 */
	StallingRelay(int port, int takes) {
		this.takes = takes;
		try {
			this.server = new ServerSocket();
			this.server.setReuseAddress(true);
			this.server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		Thread.ofVirtual().start(this::accept);
	}

	/** The mails that it took: the recipients by Message-ID. */
	synchronized Map<String, String> taken() {
		return Map.copyOf(this.taken);
	}

	/** The mails that wait for its answer: the recipients by Message-ID. */
	synchronized Map<String, String> stalled() {
		return Map.copyOf(this.stalled);
	}

	@Override
	public void close() {
		try {
			this.server.close();
			for (Socket connection : connections()) {
				connection.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private synchronized List<Socket> connections() {
		return List.copyOf(this.connections);
	}

	private void accept() {
		try {
			while (true) {
				Socket connection = this.server.accept();
				remember(connection);
				Thread.ofVirtual().start(() -> talk(connection));
			}
		}
		catch (IOException ex) {
			// Closed.
		}
	}

	private synchronized void remember(Socket connection) {
		this.connections.add(connection);
	}

	private void talk(Socket connection) {
		try (connection;
				BufferedReader in = new BufferedReader(
						new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
				Writer out = new OutputStreamWriter(connection.getOutputStream(), StandardCharsets.ISO_8859_1)) {
			say(out, "220 relay.example");
			String recipient = "";
			for (String line = in.readLine(); line != null; line = in.readLine()) {
				switch (line.split(" ")[0].toUpperCase(Locale.ROOT)) {
					case "RCPT" -> {
						recipient = line.substring(line.indexOf('<') + 1, line.indexOf('>'));
						say(out, "250 ok");
					}
					case "DATA" -> {
						say(out, "354 go ahead");
						if (take(messageId(in), recipient)) {
							say(out, "250 taken");
						}
					}
					case "QUIT" -> say(out, "221 bye");
					default -> say(out, "250 ok");
				}
			}
		}
		catch (IOException ex) {
			// The other side is gone.
		}
	}

	/** Reads a message to its end; one that breaks off is none. */
	private static String messageId(BufferedReader in) throws IOException {
		String id = "";
		for (String line = in.readLine(); !".".equals(line); line = in.readLine()) {
			if (line == null) {
				throw new EOFException();
			}
			if (id.isEmpty() && line.toLowerCase(Locale.ROOT).startsWith(MESSAGE_ID)) {
				id = line.substring(MESSAGE_ID.length()).strip();
			}
		}
		return id;
	}

	private synchronized boolean take(String messageId, String recipient) {
		boolean takes = this.taken.size() < this.takes;
		(takes ? this.taken : this.stalled).put(messageId, recipient);
		return takes;
	}

	private static void say(Writer out, String reply) throws IOException {
		out.write(reply + "\r\n");
		out.flush();
	}

}
