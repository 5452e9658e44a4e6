package com.banqup.invitations.devstack.launcher;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import com.banqup.invitations.devstack.console.Console;
import com.banqup.invitations.devstack.host.HttpServers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes orders from {@code ./run stop}, {@code start} and {@code status} on a loopback
 * port, from whoever knows the token.
 */
final class ControlServer implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(ControlServer.class);

	/** Longer than any part may take to stop. */
	static final Duration STOP_PATIENCE = ServiceDefinitions.DISPATCHER_STOP_PATIENCE.plusSeconds(10);

	private final Parts parts;

	private final Console console;

	private final HttpServer server;

	private final ControlAddress address;

	private final ExecutorService orders = Executors.newVirtualThreadPerTaskExecutor();

	/** Apart from the others, because whoever closes this interrupts them. */
	private final ExecutorService starts = Executors.newVirtualThreadPerTaskExecutor();

	private ControlServer(Parts parts, Console console, HttpServer server, ControlAddress address) {
		this.parts = parts;
		this.console = console;
		this.server = server;
		this.address = address;
	}

	/** Takes orders for these parts from now on. */
	static ControlServer start(Parts parts, Console console) {
		try {
			HttpServer server = HttpServers.create(new InetSocketAddress(InetAddress.ofLiteral(PortPlan.HOST), 0));
			ControlAddress address = new ControlAddress(
					URI.create("http://%s:%d".formatted(PortPlan.HOST, server.getAddress().getPort())),
					UUID.randomUUID().toString());
			ControlServer control = new ControlServer(parts, console, server, address);
			server.setExecutor(control.orders);
			server.createContext("/", control::handle);
			server.start();
			return control;
		}
		catch (IOException ex) {
			throw new LaunchException("no port for orders on %s: %s".formatted(PortPlan.HOST, ex), ex);
		}
	}

	ControlAddress address() {
		return this.address;
	}

	/** Takes no more orders, breaks off starts, and returns when nothing is under way. */
	@Override
	public void close() {
		this.starts.shutdownNow();
		awaitOrders();
		this.starts.close();
		this.server.stop(0);
		this.orders.shutdownNow();
	}

	/** Not left to the server: it can overlook that its last exchange has ended. */
	private void awaitOrders() {
		this.orders.shutdown();
		try {
			if (!this.orders.awaitTermination(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
				log.warn("Orders are still under way after {}", STOP_PATIENCE);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void handle(HttpExchange exchange) throws IOException {
		try (exchange) {
			if (!isAuthorized(exchange)) {
				answer(exchange, 401, "unauthorized");
				return;
			}
			String[] path = exchange.getRequestURI().getPath().substring(1).split("/");
			try {
				answer(exchange, 200, obey(path[0], (path.length > 1) ? path[1] : ""));
			}
			catch (RuntimeException ex) {
				answer(exchange, 409, String.valueOf(ex.getMessage()));
			}
		}
	}

	private boolean isAuthorized(HttpExchange exchange) {
		String given = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
		String expected = "Bearer " + this.address.token();
		return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
	}

	private String obey(String order, String part) {
		return switch (order) {
			case "status" -> status();
			case "stop" -> stop(this.parts.require(part));
			case "start" -> start(this.parts.require(part));
			default -> throw new LaunchException("unknown order: " + order);
		};
	}

	private String status() {
		StringBuilder lines = new StringBuilder();
		List<ManagedPart> all = this.parts.all();
		if (this.parts.areStarting()) {
			long up = all.stream().filter((part) -> part.state() == PartState.RUNNING).count();
			lines.append("Starting: %d of %d parts are up%n".formatted(up, all.size()));
		}
		for (ManagedPart part : all) {
			lines.append(String.format(Locale.ROOT, "  %-20s %s%n", part.name(), part.state().title()));
		}
		return lines.toString();
	}

	private String stop(ManagedPart part) {
		log.info("{} is stopped, as ordered", part.name());
		part.stop();
		this.console.line("  %s is stopped, as ordered; ./run start %s gives it back", part.name(), part.name());
		return "  %s is stopped%n".formatted(part.name());
	}

	private String start(ManagedPart part) {
		log.info("{} is started, as ordered", part.name());
		try {
			CompletableFuture.runAsync(part::start, this.starts).join();
		}
		catch (RejectedExecutionException ex) {
			throw new LaunchException("the system is stopping", ex);
		}
		catch (CompletionException ex) {
			throw (ex.getCause() instanceof RuntimeException cause) ? cause : ex;
		}
		this.console.line("  %s is started, as ordered", part.name());
		return "  %s is running%n".formatted(part.name());
	}

	private static void answer(HttpExchange exchange, int status, String text) throws IOException {
		byte[] body = text.getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().add("Content-Type", "text/plain; charset=utf-8");
		exchange.sendResponseHeaders(status, (body.length == 0) ? -1 : body.length);
		exchange.getResponseBody().write(body);
	}

}
