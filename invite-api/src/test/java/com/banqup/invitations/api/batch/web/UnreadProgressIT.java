package com.banqup.invitations.api.batch.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import com.banqup.invitations.api.ControllerServer;
import com.banqup.invitations.api.connection.ConnectionProperties;
import com.banqup.invitations.api.connection.UnreadAnswers;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/** Callers who follow a batch and never read what they are told. */
class UnreadProgressIT {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	/** What an event holds here, so that connections are soon full. */
	private static final List<String> MUCH = Collections.nCopies(100, "x".repeat(1_000));

	private final FollowController controller = new FollowController("2s");

	@Test
	void areNotWaitedForAndHoldNextToNothing() throws IOException {
		try (ControllerServer server = server(PATIENCE); Socket caller = server.connect()) {
			follow(caller);

			Awaitility.await().atMost(PATIENCE).until(() -> this.controller.ended.get() == 1);

			assertThat(this.controller.followers).hasValue(0);
			assertThat(this.controller.changes.get()).isGreaterThan(300);
			assertThat(this.controller.told.get()).isLessThan(this.controller.changes.get() / 2).isLessThan(150);
		}
	}

	@Test
	void loseTheirConnection() throws IOException {
		try (ControllerServer server = server(Duration.ofMillis(200)); Socket caller = server.connect()) {
			follow(caller);

			Awaitility.await().atMost(PATIENCE).until(() -> this.controller.ended.get() == 1);

			caller.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
			assertThat(endOf(caller.getInputStream())).as("cut in the middle").doesNotEndWith("0\r\n\r\n");
		}
	}

	private ControllerServer server(Duration writeTimeout) {
		return ControllerServer.of(new UnreadAnswers(new ConnectionProperties(writeTimeout))::apply, this.controller);
	}

	private static void follow(Socket caller) throws IOException {
		caller.getOutputStream()
			.write("GET /progress HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
	}

	/** The last that comes. */
	private static String endOf(InputStream answer) throws IOException {
		byte[] bytes = new byte[65_536];
		String end = "";
		try {
			for (int length = answer.read(bytes); length >= 0; length = answer.read(bytes)) {
				end = new String(bytes, 0, length, StandardCharsets.US_ASCII);
			}
		}
		catch (SocketException ex) {
			return "reset";
		}
		return end;
	}

	@RestController
	static final class FollowController {

		private final AtomicInteger followers = new AtomicInteger();

		private final AtomicInteger ended = new AtomicInteger();

		private final AtomicInteger changes = new AtomicInteger();

		private final AtomicInteger told = new AtomicInteger();

		private final ProgressStream stream;

		FollowController(String longest) {
			this.stream = ProgressStreamTests.stream(longest);
		}

		@GetMapping("/progress")
		ResponseEntity<Flux<ServerSentEvent<BatchView>>> follow() {
			Flux<ServerSentEvent<BatchView>> events = this.stream.events(Flux.interval(Duration.ofMillis(1))
				.onBackpressureDrop()
				.map((tick) -> ProgressStreamTests.progress(this.changes.incrementAndGet(), MUCH))
				.onBackpressureLatest()
				.doOnNext((progress) -> this.told.incrementAndGet())
				.doOnSubscribe((subscription) -> this.followers.incrementAndGet())
				.doFinally((signal) -> this.followers.decrementAndGet()), null);
			return ResponseEntity.ok()
				.contentType(MediaType.TEXT_EVENT_STREAM)
				.body(events.doFinally((signal) -> this.ended.incrementAndGet()));
		}

	}

}
