package com.banqup.invitations.devstack.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

import com.banqup.invitations.devstack.Database;

/** Creates databases on a server, all owned by one role that is not a superuser. */
public final class Databases {

	/** The owner of every database. */
	static final String OWNER = "invitations";

	private final int port;

	private final String superuserPassword;

	private final AtomicInteger next = new AtomicInteger();

	/** On the server at 127.0.0.1 whose superuser is {@code postgres}. */
	public Databases(int port, String superuserPassword) {
		this.port = port;
		this.superuserPassword = superuserPassword;
	}

	/** Whether the server answers; throws while it does not. */
	public void ping() throws SQLException {
		try (Connection connection = connect(); Statement statement = connection.createStatement()) {
			statement.execute("select 1");
		}
	}

	/** Creates the database unless it is there. */
	public synchronized Database create(String name) {
		if (!name.matches("[a-z][a-z0-9_]{0,62}")) {
			throw new IllegalArgumentException(
					"name: \"%s\" (expected: 1 to 63 lower-case letters, digits, underscores)".formatted(name));
		}
		try (Connection connection = connect(); Statement statement = connection.createStatement()) {
			if (!exists(statement, "pg_roles where rolname = '%s'".formatted(OWNER))) {
				statement.execute("create role %s login password '%s'".formatted(OWNER, OWNER));
			}
			if (!exists(statement, "pg_database where datname = '%s'".formatted(name))) {
				statement.execute("create database %s owner %s".formatted(name, OWNER));
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException("database %s cannot be created: %s".formatted(name, ex.getMessage()), ex);
		}
		String address = "127.0.0.1:%d/%s".formatted(this.port, name);
		return new Database("jdbc:postgresql://" + address, "r2dbc:postgresql://" + address, OWNER, OWNER);
	}

	/** Creates a database of a name that was not given out before. */
	public Database createUnique(String prefix) {
		String safe = prefix.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
		return create("%s_%d_%d".formatted(safe, ProcessHandle.current().pid(), this.next.incrementAndGet()));
	}

	private static boolean exists(Statement statement, String fromWhere) throws SQLException {
		try (ResultSet result = statement.executeQuery("select 1 from " + fromWhere)) {
			return result.next();
		}
	}

	private Connection connect() throws SQLException {
		return DriverManager.getConnection(
				"jdbc:postgresql://127.0.0.1:%d/postgres?connectTimeout=2&loginTimeout=5".formatted(this.port),
				"postgres", this.superuserPassword);
	}

}
