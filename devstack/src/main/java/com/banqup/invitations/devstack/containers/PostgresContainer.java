package com.banqup.invitations.devstack.containers;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import com.banqup.invitations.devstack.Database;
import com.banqup.invitations.devstack.Postgres;
import com.banqup.invitations.devstack.host.Waiting;
import com.banqup.invitations.devstack.postgres.Databases;

/** PostgreSQL in a container, set up like the embedded one. */
public final class PostgresContainer extends PartContainer implements Postgres {

	private static final String PASSWORD = "postgres";

	private final Databases databases;

	public PostgresContainer(int port) {
		super("PostgreSQL", Image.POSTGRES, port, 5432);
		this.databases = new Databases(port, PASSWORD);
	}

	@Override
	Map<String, String> environment() {
		return Map.of("POSTGRES_PASSWORD", PASSWORD, "POSTGRES_INITDB_ARGS",
				"--encoding=UTF8 --locale-provider=builtin --locale=C.UTF-8 --no-sync");
	}

	@Override
	String[] command() {
		return new String[] { "postgres", "-c", "fsync=off", "-c", "full_page_writes=off", "-c",
				"synchronous_commit=off", "-c", "max_connections=300", "-c", "timezone=UTC" };
	}

	@Override
	void awaitReady() {
		Waiting.until("PostgreSQL on port " + port(), Duration.ofMinutes(3), () -> {
			this.databases.ping();
			return Optional.of(true);
		});
	}

	@Override
	public Database createDatabase(String name) {
		return this.databases.create(name);
	}

	@Override
	public Database uniqueDatabase(String prefix) {
		return this.databases.createUnique(prefix);
	}

}
