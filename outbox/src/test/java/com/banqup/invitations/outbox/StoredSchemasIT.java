package com.banqup.invitations.outbox;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryMetadata;
import io.r2dbc.spi.R2dbcException;
import io.r2dbc.spi.R2dbcPermissionDeniedException;
import io.r2dbc.spi.R2dbcTimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class StoredSchemasIT {

	private final RelayFixture fixture = new RelayFixture();

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void startsAsSoonAsTheDatabaseGivesAConnection() {
		HesitantConnections connections = new HesitantConnections(this.fixture.connections, 2);

		schemas(connections, Duration.ofMinutes(1)).start();

		assertThat(connections.asked).hasValue(3);
	}

	@Test
	void doesNotWaitForEverAndNamesTheProperty() {
		HesitantConnections connections = new HesitantConnections(this.fixture.connections, Integer.MAX_VALUE);

		assertThatIllegalStateException().isThrownBy(() -> schemas(connections, Duration.ofMillis(50)).start())
			.withMessageContaining("outbox.startup-timeout, PT0.05S");
	}

	@Test
	void doesNotWaitForADatabaseThatRefusesTheLogin() {
		HesitantConnections connections = new HesitantConnections(this.fixture.connections, Integer.MAX_VALUE,
				new R2dbcPermissionDeniedException("wrong password"));

		assertThatExceptionOfType(DataAccessResourceFailureException.class)
			.isThrownBy(() -> schemas(connections, Duration.ofMinutes(1)).start())
			.withRootCauseInstanceOf(R2dbcPermissionDeniedException.class);
		assertThat(connections.asked).hasValue(1);
	}

	private static StoredSchemas schemas(ConnectionFactory connections, Duration startupTimeout) {
		return new StoredSchemas(RelayFixture.schemas(), connections, Duration.ofSeconds(5), startupTimeout);
	}

	/** Gives none at first, as a pool does when the database does not answer in time. */
	private static final class HesitantConnections implements ConnectionFactory {

		private final AtomicInteger asked = new AtomicInteger();

		private final ConnectionFactory connections;

		private final int refusals;

		private final R2dbcException refusal;

		HesitantConnections(ConnectionFactory connections, int refusals) {
			this(connections, refusals, new R2dbcTimeoutException("Connection acquisition timed out"));
		}

		HesitantConnections(ConnectionFactory connections, int refusals, R2dbcException refusal) {
			this.connections = connections;
			this.refusals = refusals;
			this.refusal = refusal;
		}

		@Override
		public Mono<Connection> create() {
			return Mono.defer(() -> (this.asked.getAndIncrement() < this.refusals) ? Mono.error(this.refusal)
					: Mono.from(this.connections.create()));
		}

		@Override
		public ConnectionFactoryMetadata getMetadata() {
			return this.connections.getMetadata();
		}

	}

}
