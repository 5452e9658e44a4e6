package com.banqup.invitations.dispatch.delivery.r2dbc;

import com.banqup.invitations.devstack.Database;
import com.banqup.invitations.devstack.Stack;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactoryOptions;
import org.flywaydb.core.Flyway;

import org.springframework.r2dbc.connection.R2dbcTransactionManager;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

/** A real database with the dispatcher's tables. */
public final class LedgerDatabase implements AutoCloseable {

	private final ConnectionPool pool;

	private final DatabaseClient client;

	private final TransactionalOperator transaction;

	private LedgerDatabase(ConnectionPool pool) {
		this.pool = pool;
		this.client = DatabaseClient.create(pool);
		this.transaction = TransactionalOperator.create(new R2dbcTransactionManager(pool));
	}

	public static LedgerDatabase create() {
		Database database = Stack.shared().postgres().uniqueDatabase("dispatcher");
		Flyway.configure()
			.dataSource(database.jdbcUrl(), database.username(), database.password())
			.locations("classpath:db/migration", "classpath:db/outbox")
			.load()
			.migrate();
		ConnectionFactoryOptions options = ConnectionFactoryOptions.parse(database.r2dbcUrl())
			.mutate()
			.option(ConnectionFactoryOptions.USER, database.username())
			.option(ConnectionFactoryOptions.PASSWORD, database.password())
			.build();
		return new LedgerDatabase(new ConnectionPool(
				ConnectionPoolConfiguration.builder(ConnectionFactories.get(options)).maxSize(8).build()));
	}

	public DatabaseClient client() {
		return this.client;
	}

	public TransactionalOperator transaction() {
		return this.transaction;
	}

	public void empty() {
		this.client.sql("truncate deliveries, attempts, retries, revocations, cancelled_batches, dead_letters")
			.then()
			.block();
	}

	@Override
	public void close() {
		this.pool.dispose();
	}

}
