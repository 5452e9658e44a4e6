package com.banqup.invitations.acceptance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.R2dbcTimeoutException;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.boot.r2dbc.autoconfigure.R2dbcProperties;

import static org.assertj.core.api.Assertions.assertThat;

@Timeout(30)
@NullUnmarked
class DatabasePoolTests {

	@Test
	void answersInTimeHoweverManyTriesItHasWhenTheDatabaseAcceptsAndNeverAnswers() throws IOException {
		try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			ConnectionFactory database = ConnectionFactories
				.get("r2dbc:postgresql://user:secret@127.0.0.1:%d/acceptance".formatted(silent.getLocalPort()));
			DatabasePool pool = DatabasePoolConfiguration.pool(database, limits());

			long start = System.nanoTime();
			StepVerifier.create(pool.create()).expectError(R2dbcTimeoutException.class).verify(Duration.ofSeconds(10));

			assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(400),
					Duration.ofSeconds(4));
			pool.dispose();
		}
	}

	@Test
	void givesUpWaitingForAFreeConnectionInTime() {
		DatabasePool pool = DatabasePoolConfiguration.pool(new NeverConnects(), limits());

		StepVerifier.create(pool.create())
			.expectErrorMessage("database connection: none within PT0.4S")
			.verify(Duration.ofSeconds(10));
		pool.dispose();
	}

	/** More tries than the time for all of them allows. */
	private static R2dbcProperties.Pool limits() {
		R2dbcProperties.Pool limits = new R2dbcProperties().getPool();
		limits.setMaxCreateConnectionTime(Duration.ofMillis(300));
		limits.setMaxAcquireTime(Duration.ofMillis(400));
		limits.setAcquireRetry(16);
		return limits;
	}

	private static final class NeverConnects implements ConnectionFactory {

		@Override
		public Mono<Connection> create() {
			return Mono.never();
		}

		@Override
		public io.r2dbc.spi.ConnectionFactoryMetadata getMetadata() {
			return () -> "silence";
		}

	}

}
