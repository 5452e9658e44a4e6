package com.banqup.invitations.devstack.postgres;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;

import com.banqup.invitations.devstack.Database;
import com.banqup.invitations.devstack.host.Ports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class EmbeddedPostgresIT {

	@Test
	void takesOverFromARunThatWasKilled(@TempDir Path folder) throws Exception {
		int port = Ports.free(1)[0];
		EmbeddedPostgres killed = new EmbeddedPostgres(folder, folder.resolve("log"), port, false);
		killed.start();
		Database database = killed.createDatabase("kept");
		try (Connection client = connect(database)) {
			client.createStatement().execute("create table fruit (name text)");

			EmbeddedPostgres next = new EmbeddedPostgres(folder, folder.resolve("log"), port, false);
			next.start();

			assertThat(killed.isRunning()).isFalse();
			try (Connection connection = connect(database)) {
				assertThat(connection.createStatement().executeQuery("select count(*) from fruit").next()).isTrue();
			}
			next.stop();
		}
	}

	@Test
	void startsBesideAPostmasterFileThatNamesAnotherProcess(@TempDir Path folder) throws Exception {
		EmbeddedPostgres postgres = new EmbeddedPostgres(folder, folder.resolve("log"), Ports.free(1)[0], false);
		postgres.start();
		postgres.stop();
		Files.writeString(folder.resolve("data/postmaster.pid"), ProcessHandle.current().pid() + "\n");

		postgres.start();

		assertThat(postgres.isRunning()).isTrue();
		postgres.stop();
	}

	private static Connection connect(Database database) throws Exception {
		return DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
	}

}
