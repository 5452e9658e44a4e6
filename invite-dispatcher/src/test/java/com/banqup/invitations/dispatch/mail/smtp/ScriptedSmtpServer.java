package com.banqup.invitations.dispatch.mail.smtp;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An SMTP server that does as it is told: at each step it answers, hangs or hangs up as
 * scripted, and politely where nothing is scripted. Keeps what it was sent.
 */
final class ScriptedSmtpServer implements AutoCloseable {

	enum At {

		CONNECT, EHLO, STARTTLS, AUTH, MAIL, RCPT, DATA, MESSAGE, RSET, QUIT

	}

	/** A mail as it arrived: message without transparency dots, and on the wire. */
	record Received(String sender, String recipient, String message, String wire, boolean encrypted) {
	}

	private sealed interface Reaction {

		/** Answers with these lines. */
		record Say(String lines) implements Reaction {
		}

		/** Answers and hangs up. */
		record SayAndDrop(String lines) implements Reaction {
		}

		/** Hangs up. */
		record Drop() implements Reaction {
		}

		/** Answers when the pause is over. */
		record SayLate(String lines, Duration pause) implements Reaction {
		}

		/** Never answers. */
		record Hang() implements Reaction {
		}

	}

	private final ServerSocket listener;

	private final Map<At, Queue<Reaction>> script = new ConcurrentHashMap<>();

	private final Map<At, Reaction> always = new ConcurrentHashMap<>();

	private final List<String> commands = new CopyOnWriteArrayList<>();

	private final List<Received> received = new CopyOnWriteArrayList<>();

	private final Set<Socket> open = ConcurrentHashMap.newKeySet();

	private final AtomicInteger connections = new AtomicInteger();

	private final AtomicInteger mostAtOnce = new AtomicInteger();

	private final CountDownLatch closed = new CountDownLatch(1);

	private final CountDownLatch hanging = new CountDownLatch(1);

	private volatile List<String> extensions = List.of("PIPELINING", "SIZE 1000000", "8BITMIME");

	private volatile int capacity = Integer.MAX_VALUE;

	private volatile boolean commandsAhead;

	private volatile boolean answersInGroups;

	private volatile @Nullable SSLContext tls;

	ScriptedSmtpServer() {
		try {
			this.listener = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		Thread.ofVirtual().start(this::accept);
	}

	int port() {
		return this.listener.getLocalPort();
	}

	/** What EHLO answers, before and after encryption. */
	ScriptedSmtpServer offers(String... extensions) {
		this.extensions = List.of(extensions);
		return this;
	}

	ScriptedSmtpServer encryptsWith(SSLContext tls) {
		this.tls = tls;
		return this;
	}

	/** Reads the whole group of commands before it answers the first. */
	ScriptedSmtpServer answersInGroups() {
		this.answersInGroups = true;
		return this;
	}

	/** The next time at this step, after what is scripted already. */
	ScriptedSmtpServer says(At at, String lines) {
		return next(at, new Reaction.Say(lines));
	}

	ScriptedSmtpServer saysAndDrops(At at, String lines) {
		return next(at, new Reaction.SayAndDrop(lines));
	}

	ScriptedSmtpServer saysLate(At at, String lines, Duration pause) {
		return next(at, new Reaction.SayLate(lines, pause));
	}

	ScriptedSmtpServer drops(At at) {
		return next(at, new Reaction.Drop());
	}

	ScriptedSmtpServer hangs(At at) {
		return next(at, new Reaction.Hang());
	}

	/** Every time at this step when nothing else is scripted. */
	ScriptedSmtpServer alwaysSays(At at, String lines) {
		this.always.put(at, new Reaction.Say(lines));
		return this;
	}

	ScriptedSmtpServer alwaysDrops(At at) {
		this.always.put(at, new Reaction.Drop());
		return this;
	}

	ScriptedSmtpServer alwaysHangs(At at) {
		this.always.put(at, new Reaction.Hang());
		return this;
	}

	private ScriptedSmtpServer next(At at, Reaction reaction) {
		this.script.computeIfAbsent(at, (key) -> new ConcurrentLinkedQueue<>()).add(reaction);
		return this;
	}

	/** Returns as soon as somebody waits for an answer in vain. */
	void awaitHanging() throws InterruptedException {
		assertThat(this.hanging.await(60, TimeUnit.SECONDS)).isTrue();
	}

	/** Lets no more than this many in at a time. */
	ScriptedSmtpServer admitsNoMoreThan(int connections) {
		this.capacity = connections;
		return this;
	}

	/** Hangs up on everybody, as after a restart. */
	void dropAll() throws IOException {
		for (Socket socket : this.open) {
			socket.close();
		}
	}

	List<Received> received() {
		return this.received;
	}

	List<String> commands() {
		return this.commands;
	}

	int connections() {
		return this.connections.get();
	}

	int openConnections() {
		return this.open.size();
	}

	int mostConnectionsAtOnce() {
		return this.mostAtOnce.get();
	}

	/** Whether a command came before the one before it was answered. */
	boolean sawCommandsAhead() {
		return this.commandsAhead;
	}

	@Override
	public void close() {
		this.closed.countDown();
		try {
			this.listener.close();
			dropAll();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void accept() {
		try {
			while (true) {
				Socket socket = this.listener.accept();
				this.connections.incrementAndGet();
				boolean admitted = this.open.size() < this.capacity;
				if (admitted) {
					this.open.add(socket);
				}
				this.mostAtOnce.accumulateAndGet(this.open.size(), Math::max);
				Thread.ofVirtual().start(() -> {
					try (socket) {
						new Conversation(socket, admitted).hold();
					}
					catch (IOException | HungUp ex) {
						// the client or the script ended it
					}
					finally {
						this.open.remove(socket);
					}
				});
			}
		}
		catch (IOException ex) {
			// closed
		}
	}

	private static final class HungUp extends RuntimeException {

		HungUp() {
			super("hung up", null, false, false);
		}

	}

	private final class Conversation {

		private Socket socket;

		private InputStream in;

		private OutputStream out;

		private String sender = "";

		private String recipient = "";

		private boolean encrypted;

		private final boolean admitted;

		Conversation(Socket socket, boolean admitted) throws IOException {
			this.socket = socket;
			this.admitted = admitted;
			socket.setTcpNoDelay(true);
			this.in = new BufferedInputStream(socket.getInputStream());
			this.out = new BufferedOutputStream(socket.getOutputStream());
		}

		void hold() throws IOException {
			if (!this.admitted) {
				write("421 4.7.0 too many connections");
				this.out.flush();
				return;
			}
			react(At.CONNECT, "220 relay.example ESMTP");
			for (String line = readLine(); line != null; line = readLine()) {
				handle(line);
			}
		}

		private void handle(String line) throws IOException {
			ScriptedSmtpServer.this.commands.add(line);
			switch (line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT)) {
				case "EHLO" -> react(At.EHLO, ehlo());
				case "STARTTLS" -> startTls();
				case "AUTH" -> authenticate(line);
				case "MAIL" -> mail(line);
				case "RCPT" -> rcpt(line);
				case "DATA" -> data();
				case "RSET" -> {
					react(At.RSET, "250 2.0.0 flushed");
					forget();
				}
				case "QUIT" -> {
					react(At.QUIT, "221 2.0.0 bye");
					throw new HungUp();
				}
				default -> write("500 5.5.2 what");
			}
		}

		private void mail(String line) throws IOException {
			if (!this.sender.isEmpty()) {
				write("503 5.5.1 nested MAIL");
				return;
			}
			if (react(At.MAIL, "250 2.1.0 ok").startsWith("2")) {
				this.sender = line;
			}
		}

		private void rcpt(String line) throws IOException {
			if (this.sender.isEmpty()) {
				write("503 5.5.1 no MAIL");
				return;
			}
			if (react(At.RCPT, "250 2.1.5 ok").startsWith("2")) {
				this.recipient = line;
			}
		}

		private void data() throws IOException {
			String answer = react(At.DATA, this.recipient.isEmpty() ? "503 5.5.1 no valid recipients" : "354 go ahead");
			if (!answer.startsWith("354")) {
				return;
			}
			StringBuilder message = new StringBuilder();
			StringBuilder wire = new StringBuilder();
			for (String line = readLine(); !".".equals(line); line = readLine()) {
				if (line == null) {
					throw new HungUp();
				}
				wire.append(line).append("\r\n");
				message.append(line.startsWith(".") ? line.substring(1) : line).append("\r\n");
			}
			Received mail = new Received(this.sender, this.recipient, message.toString(), wire.toString(),
					this.encrypted);
			forget();
			Reaction reaction = choose(At.MESSAGE, "250 2.0.0 queued as 4711");
			if (reaction instanceof Reaction.Say say && say.lines().startsWith("2")) {
				ScriptedSmtpServer.this.received.add(mail);
			}
			perform(reaction);
		}

		private void forget() {
			this.sender = "";
			this.recipient = "";
		}

		private void startTls() throws IOException {
			if (!react(At.STARTTLS, "220 2.0.0 ready").startsWith("220")) {
				return;
			}
			SSLSocket ssl = (SSLSocket) Objects.requireNonNull(ScriptedSmtpServer.this.tls)
				.getSocketFactory()
				.createSocket(this.socket, "localhost", this.socket.getPort(), true);
			ssl.setUseClientMode(false);
			ssl.startHandshake();
			this.socket = ssl;
			this.in = new BufferedInputStream(ssl.getInputStream());
			this.out = new BufferedOutputStream(ssl.getOutputStream());
			this.encrypted = true;
		}

		private void authenticate(String line) throws IOException {
			if (line.toUpperCase(Locale.ROOT).startsWith("AUTH LOGIN")) {
				write("334 UGFzc3dvcmQ6");
				ScriptedSmtpServer.this.commands.add(String.valueOf(readLine()));
			}
			react(At.AUTH, "235 2.7.0 welcome");
		}

		private String ehlo() {
			List<String> lines = new ArrayList<>(List.of("relay.example"));
			ScriptedSmtpServer.this.extensions.stream()
				.filter((extension) -> !(this.encrypted && extension.equals("STARTTLS")))
				.forEach(lines::add);
			StringBuilder answer = new StringBuilder();
			for (int i = 0; i < lines.size(); i++) {
				answer.append((i > 0) ? "\r\n" : "")
					.append("250")
					.append((i < lines.size() - 1) ? '-' : ' ')
					.append(lines.get(i));
			}
			return answer.toString();
		}

		private String react(At at, String usual) throws IOException {
			return perform(choose(at, usual));
		}

		private Reaction choose(At at, String usual) {
			Queue<Reaction> queue = ScriptedSmtpServer.this.script.get(at);
			Reaction next = (queue != null) ? queue.poll() : null;
			return (next != null) ? next : ScriptedSmtpServer.this.always.getOrDefault(at, new Reaction.Say(usual));
		}

		private String perform(Reaction reaction) throws IOException {
			return switch (reaction) {
				case Reaction.Say say -> write(say.lines());
				case Reaction.SayAndDrop say -> {
					write(say.lines());
					this.out.flush();
					throw new HungUp();
				}
				case Reaction.SayLate say -> {
					awaitClose(say.pause());
					yield write(say.lines());
				}
				case Reaction.Drop drop -> throw new HungUp();
				case Reaction.Hang hang -> {
					awaitClose();
					throw new HungUp();
				}
			};
		}

		private String write(String lines) throws IOException {
			this.out.write((lines + "\r\n").getBytes(StandardCharsets.UTF_8));
			if (!ScriptedSmtpServer.this.answersInGroups) {
				ScriptedSmtpServer.this.commandsAhead |= this.in.available() > 0;
				this.out.flush();
			}
			return lines;
		}

		/** Answers that were kept back go out when the client has nothing more to say. */
		private @Nullable String readLine() throws IOException {
			if (this.in.available() == 0 && mayAnswer()) {
				this.out.flush();
			}
			StringBuilder line = new StringBuilder();
			for (int c = this.in.read(); c >= 0; c = this.in.read()) {
				if (c == '\n' && !line.isEmpty() && line.charAt(line.length() - 1) == '\r') {
					line.setLength(line.length() - 1);
					return new String(line.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
				}
				line.append((char) c);
			}
			return null;
		}

		private boolean mayAnswer() {
			List<String> said = ScriptedSmtpServer.this.commands;
			String last = said.isEmpty() ? "" : said.getLast();
			return !ScriptedSmtpServer.this.answersInGroups || !(last.startsWith("MAIL") || last.startsWith("RCPT"));
		}

		private void awaitClose(Duration atMost) throws IOException {
			try {
				if (ScriptedSmtpServer.this.closed.await(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
					throw new HungUp();
				}
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

		private void awaitClose() {
			ScriptedSmtpServer.this.hanging.countDown();
			try {
				ScriptedSmtpServer.this.closed.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

	}

}
