package com.banqup.invitations.devstack;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What every PostgreSQL of the stack does. */
interface PostgresContract {

	Stack stack();

	@Test
	default void keepsItsDataOverAnOutage() throws SQLException {
		Postgres postgres = stack().postgres();
		Database database = postgres.uniqueDatabase("outage");
		execute(database, "create table fruit (name text)", "insert into fruit values ('pear')");

		postgres.stop();

		assertThat(postgres.isRunning()).isFalse();
		assertThatExceptionOfType(SQLException.class).isThrownBy(() -> names(database));

		postgres.start();

		assertThat(postgres.isRunning()).isTrue();
		assertThat(names(database)).isEqualTo("pear");
	}

	@Test
	default void createsADatabaseOnce() throws SQLException {
		Database first = stack().postgres().createDatabase("created_once");
		execute(first, "create table if not exists fruit (name text)", "delete from fruit",
				"insert into fruit values ('plum')");

		Database second = stack().postgres().createDatabase("created_once");

		assertThat(second).isEqualTo(first);
		assertThat(names(second)).isEqualTo("plum");
	}

	@Test
	default void givesEveryTestADatabaseOfItsOwn() {
		Postgres postgres = stack().postgres();

		assertThat(postgres.uniqueDatabase("own")).isNotEqualTo(postgres.uniqueDatabase("own"));
	}

	@Test
	default void letsNobodyBeSuperuser() throws SQLException {
		Database database = stack().postgres().uniqueDatabase("rights");

		assertThat(ask(database, "select rolsuper::text from pg_roles where rolname = current_user"))
			.isEqualTo("false");
		assertThat(ask(database, "show server_version")).startsWith("18");
	}

	private static String names(Database database) throws SQLException {
		return ask(database, "select name from fruit");
	}

	private static String ask(Database database, String sql) throws SQLException {
		try (Connection connection = connect(database);
				Statement statement = connection.createStatement();
				ResultSet result = statement.executeQuery(sql)) {
			assertThat(result.next()).isTrue();
			return result.getString(1);
		}
	}

	private static void execute(Database database, String... sql) throws SQLException {
		try (Connection connection = connect(database); Statement statement = connection.createStatement()) {
			for (String one : sql) {
				statement.execute(one);
			}
		}
	}

	private static Connection connect(Database database) throws SQLException {
		return DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
	}

}
