package com.banqup.invitations.outbox.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.boot.r2dbc.autoconfigure.R2dbcProperties;

import static org.mockito.Mockito.RETURNS_DEFAULTS;
import static org.mockito.Mockito.mock;

@Timeout(180)
@NullUnmarked
class DatabasePoolTests {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final ScriptedDatabase database = new ScriptedDatabase();

	private final DatabasePool pool = DatabasePoolAutoConfiguration.pool(this.database, limits());

	@AfterEach
	void disposePool() {
		this.pool.dispose();
	}

	@Test
	void answersInTimeHoweverManyTriesItHasWhenTheDatabaseAcceptsAndNeverAnswers() throws IOException {
		try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			this.database.then(Mono.just(aConnection()));
			take(this.pool);
			this.database.thenAlways(Mono.from(ConnectionFactories
				.get("r2dbc:postgresql://user:secret@127.0.0.1:%d/acceptance".formatted(silent.getLocalPort()))
				.create()));

			StepVerifier.create(this.pool.create())
				.expectErrorMessage("Database connection: none within PT2S")
				.verify(PATIENCE);
		}
	}

	@Test
	void givesUpWaitingForAFreeConnectionInTime() {
		this.database.then(Mono.just(aConnection())).thenAlways(Mono.never());
		take(this.pool);

		StepVerifier.create(this.pool.create())
			.expectErrorMessage("Database connection: none within PT2S")
			.verify(PATIENCE);
	}

	private static void take(DatabasePool pool) {
		StepVerifier.create(pool.create()).expectNextCount(1).expectComplete().verify(PATIENCE);
	}

	private static Connection aConnection() {
		return mock(Connection.class, (call) -> switch (call.getMethod().getName()) {
			case "validate" -> Mono.just(true);
			case "close", "rollbackTransaction" -> Mono.empty();
			default -> RETURNS_DEFAULTS.answer(call);
		});
	}

	/** More tries than the time for all of them allows. */
	private static R2dbcProperties.Pool limits() {
		R2dbcProperties.Pool limits = new R2dbcProperties().getPool();
		limits.setMaxCreateConnectionTime(Duration.ofMillis(1500));
		limits.setMaxAcquireTime(Duration.ofSeconds(2));
		limits.setAcquireRetry(16);
		return limits;
	}

	/** Answers as a test says, try by try. */
	private static final class ScriptedDatabase implements ConnectionFactory {

		private final Queue<Mono<Connection>> answers = new ConcurrentLinkedQueue<>();

		private volatile Mono<Connection> lastAnswer = Mono.never();

		ScriptedDatabase then(Mono<Connection> answer) {
			this.answers.add(answer);
			return this;
		}

		ScriptedDatabase thenAlways(Mono<Connection> answer) {
			this.lastAnswer = answer;
			return this;
		}

		@Override
		public Mono<Connection> create() {
			return Mono.defer(() -> {
				Mono<Connection> answer = this.answers.poll();
				return (answer != null) ? answer : this.lastAnswer;
			});
		}

		@Override
		public ConnectionFactoryMetadata getMetadata() {
			return () -> "script";
		}

	}

}
