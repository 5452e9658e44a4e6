package com.banqup.invitations.systemtests.bench;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One connection to a server, one request at a time, kept open between them. It costs
 * much less processor time than a client that can do everything: who measures shares the
 * machine with what is measured.
 */
final class HttpConnection implements AutoCloseable {

	private static final int CHUNK = 64 * 1024;

	/** The most that a request may take. */
	private static final Duration PATIENCE = Duration.ofMinutes(10);

	private final URI server;

	private final Socket socket;

	private final InputStream in;

	private final OutputStream out;

	HttpConnection(URI server) {
		this.server = server;
		this.socket = new Socket();
		try {
			this.socket.setTcpNoDelay(true);
			this.socket.setSoTimeout((int) PATIENCE.toMillis());
			this.socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getPort()), 10_000);
			this.in = new BufferedInputStream(this.socket.getInputStream(), 16 * 1024);
			this.out = new BufferedOutputStream(this.socket.getOutputStream(), 16 * 1024);
		}
		catch (IOException ex) {
			close();
			throw new UncheckedIOException(server + ": " + ex.getMessage(), ex);
		}
	}

	/** A request on a connection of its own. */
	static Answer once(URI server, String method, String path, @Nullable String token, @Nullable Object body) {
		try (HttpConnection connection = new HttpConnection(server)) {
			return connection.send(method, path, token, body);
		}
	}

	/**
	 * Sends a request with a JSON body, or none, and returns the answer.
	 * @throws UncheckedIOException when the connection breaks
	 */
	Answer send(String method, String path, @Nullable String token, @Nullable Object body) {
		byte[] json = (body != null) ? JsonMapper.shared().writeValueAsBytes(body) : new byte[0];
		try {
			writeHead(method, path, token, "application/json", List.of("Content-Length: " + json.length));
			this.out.write(json);
			this.out.flush();
			return readAnswer();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("%s %s%s: %s".formatted(method, this.server, path, ex.getMessage()), ex);
		}
	}

	/**
	 * Sends a body of unknown length while it is made, and returns the answer.
	 * @param headers lines of the head besides
	 * @throws UncheckedIOException when the connection breaks
	 */
	Answer upload(String path, String token, String contentType, Content content, String... headers) {
		try {
			List<String> lines = new ArrayList<>(List.of(headers));
			lines.add("Transfer-Encoding: chunked");
			writeHead("POST", path, token, contentType, lines);
			try (OutputStream chunks = new BufferedOutputStream(new Chunks(this.out), CHUNK)) {
				content.writeTo(chunks);
			}
			return readAnswer();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("POST %s%s: %s".formatted(this.server, path, ex.getMessage()), ex);
		}
	}

	private void writeHead(String method, String path, @Nullable String token, String contentType, List<String> headers)
			throws IOException {
		StringBuilder head = new StringBuilder(1024).append(method).append(' ').append(path).append(" HTTP/1.1\r\n");
		head.append("Host: ").append(this.server.getAuthority()).append("\r\n");
		head.append("Accept: application/json\r\n");
		if (token != null) {
			head.append("Authorization: Bearer ").append(token).append("\r\n");
		}
		head.append("Content-Type: ").append(contentType).append("\r\n");
		headers.forEach((header) -> head.append(header).append("\r\n"));
		head.append("\r\n");
		this.out.write(head.toString().getBytes(StandardCharsets.US_ASCII));
	}

	private Answer readAnswer() throws IOException {
		String[] status = readLine().split(" ", 3);
		int length = 0;
		boolean chunked = false;
		for (String line = readLine(); !line.isEmpty(); line = readLine()) {
			String header = line.toLowerCase(Locale.ROOT);
			if (header.startsWith("content-length:")) {
				length = Integer.parseInt(header.substring(header.indexOf(':') + 1).trim());
			}
			else if (header.startsWith("transfer-encoding:")) {
				chunked = true;
			}
		}
		byte[] body = chunked ? readChunks() : this.in.readNBytes(length);
		return new Answer(Integer.parseInt(status[1]), new String(body, StandardCharsets.UTF_8));
	}

	private byte[] readChunks() throws IOException {
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		for (int size = chunkSize(); size > 0; size = chunkSize()) {
			body.write(this.in.readNBytes(size));
			readLine();
		}
		readLine();
		return body.toByteArray();
	}

	private int chunkSize() throws IOException {
		return Integer.parseInt(readLine().split(";", 2)[0].trim(), 16);
	}

	private String readLine() throws IOException {
		StringBuilder line = new StringBuilder(80);
		for (int octet = this.in.read(); octet != '\n'; octet = this.in.read()) {
			if (octet < 0) {
				throw new EOFException("the server closed the connection");
			}
			if (octet != '\r') {
				line.append((char) octet);
			}
		}
		return line.toString();
	}

	@Override
	public void close() {
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Writes a body. */
	@FunctionalInterface
	interface Content {

		void writeTo(OutputStream out) throws IOException;

	}

	/**
	 * What came back.
	 *
	 * @param status the HTTP status
	 * @param text the body
	 */
	record Answer(int status, String text) {

		/** This answer if it has the status, an error that shows the body otherwise. */
		Answer expect(int expected) {
			if (this.status != expected) {
				throw new BenchFailure("HTTP %d (expected: %d): %s".formatted(this.status, expected, this.text));
			}
			return this;
		}

		JsonNode json() {
			return JsonMapper.shared().readTree(this.text);
		}

	}

	/** Each write becomes a chunk; closing ends the body and not the connection. */
	private static final class Chunks extends FilterOutputStream {

		Chunks(OutputStream out) {
			super(out);
		}

		@Override
		public void write(byte[] bytes, int offset, int length) throws IOException {
			if (length > 0) {
				line(Integer.toHexString(length));
				this.out.write(bytes, offset, length);
				line("");
			}
		}

		@Override
		public void close() throws IOException {
			line("0");
			line("");
			this.out.flush();
		}

		private void line(String text) throws IOException {
			this.out.write((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
		}

	}

}
