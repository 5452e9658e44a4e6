package com.banqup.invitations.cli.api;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

import tools.jackson.databind.json.JsonMapper;

/** Sends requests and tells answers, refusals and silence apart. */
final class Answers {

	private static final Duration LOOK = Duration.ofMillis(200);

	private static final int LONGEST_PROBLEM = 1 << 20;

	private final HttpClient http;

	private final Patience patience;

	private final InstantSource clock;

	private final JsonMapper json;

	Answers(HttpClient http, Patience patience, InstantSource clock, JsonMapper json) {
		this.http = http;
		this.patience = patience;
		this.clock = clock;
		this.json = json;
	}

	/**
	 * The answer to a short request, as a stream that breaks when the server falls
	 * silent.
	 */
	HttpResponse<InputStream> send(HttpRequest request) {
		return send(request, () -> 0, () -> {
		});
	}

	/**
	 * The answer to a request that takes its time.
	 * @param sent how many bytes of the body are sent; as long as that grows, the server
	 * is not silent
	 * @param look called several times a second
	 */
	HttpResponse<InputStream> send(HttpRequest request, LongSupplier sent, Runnable look) {
		CompletableFuture<HttpResponse<InputStream>> future = this.http.sendAsync(request,
				HttpResponse.BodyHandlers.ofInputStream());
		try {
			return requireSuccess(await(future, sent, look));
		}
		catch (ExecutionException ex) {
			throw new Unreachable("no answer of " + request.uri().getAuthority() + ": " + message(ex), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new Interrupted(ex);
		}
		finally {
			future.cancel(true);
		}
	}

	private HttpResponse<InputStream> await(CompletableFuture<HttpResponse<InputStream>> future, LongSupplier sent,
			Runnable look) throws ExecutionException, InterruptedException {
		long lastSent = sent.getAsLong();
		long lastHeard = System.nanoTime();
		while (true) {
			long left = this.patience.silence().toNanos() - (System.nanoTime() - lastHeard);
			try {
				return future.get(Math.clamp(left, 1, LOOK.toNanos()), TimeUnit.NANOSECONDS);
			}
			catch (TimeoutException ex) {
				look.run();
				if (sent.getAsLong() != lastSent) {
					lastSent = sent.getAsLong();
					lastHeard = System.nanoTime();
				}
				else if (left <= 0) {
					throw new Unreachable("the server took and sent nothing for "
							+ this.patience.silence().toMillis() / 1000.0 + " s", ex);
				}
			}
		}
	}

	private HttpResponse<InputStream> requireSuccess(HttpResponse<InputStream> response) {
		if (response.statusCode() / 100 == 2) {
			return response;
		}
		byte[] body;
		try (InputStream in = watched(response)) {
			body = in.readNBytes(LONGEST_PROBLEM);
		}
		catch (IOException ex) {
			body = new byte[0];
		}
		throw new ProblemAnswered(Problem.of(response.statusCode(), body, this.json),
				RetryAfter.find(response.headers(), this.clock));
	}

	InputStream watched(HttpResponse<InputStream> response) {
		return new WatchedStream(response.body(), this.patience.silence());
	}

	/**
	 * The whole of an answer.
	 * @throws Unreachable if not all of it arrives
	 */
	byte[] bytes(HttpResponse<InputStream> response) {
		try (InputStream in = watched(response)) {
			return in.readAllBytes();
		}
		catch (IOException ex) {
			throw new Unreachable("the answer broke off: " + message(ex), ex);
		}
	}

	/**
	 * What went wrong; some of the JDK's failures of connections say nothing themselves.
	 */
	private static String message(Throwable failure) {
		Throwable cause = failure.getCause();
		if (failure instanceof ExecutionException && cause != null) {
			return message(cause);
		}
		if (failure instanceof UnresolvedAddressException) {
			return "there is no such host";
		}
		String message = failure.getMessage();
		if (message != null && message.contains("received no bytes")) {
			return "the connection broke";
		}
		if (message == null || message.isBlank()) {
			return (cause instanceof UnresolvedAddressException) ? message(cause)
					: (failure instanceof ConnectException) ? "connection refused"
							: (cause != null) ? message(cause) : failure.getClass().getSimpleName();
		}
		return message;
	}

}
