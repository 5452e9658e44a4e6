package com.banqup.invitations.devstack.postgres;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.Map;

import com.banqup.invitations.devstack.Database;
import com.banqup.invitations.devstack.host.Ports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class EmbeddedPostgresIT {

	@Test
	void takesOverFromARunThatWasKilled(@TempDir Path folder) throws Exception {
		int port = Ports.free(1)[0];
		EmbeddedPostgres killed = new EmbeddedPostgres(folder, folder.resolve("log"), port, false, Map.of());
		killed.start();
		Database database = killed.createDatabase("kept");
		try (Connection client = connect(database)) {
			client.createStatement().execute("create table fruit (name text)");
			client.createStatement().execute("insert into fruit values ('apple')");

			EmbeddedPostgres next = new EmbeddedPostgres(folder, folder.resolve("log"), port, false, Map.of());
			next.start();

			assertThat(killed.isRunning()).isFalse();
			try (Connection connection = connect(database)) {
				ResultSet fruit = connection.createStatement().executeQuery("select name from fruit");
				assertThat(fruit.next()).isTrue();
				assertThat(fruit.getString(1)).isEqualTo("apple");
			}
			next.stop();
		}
	}

	@Test
	void startsBesideAPostmasterFileThatNamesAnotherProcess(@TempDir Path folder) throws Exception {
		EmbeddedPostgres postgres = new EmbeddedPostgres(folder, folder.resolve("log"), Ports.free(1)[0], false,
				Map.of());
		postgres.start();
		postgres.stop();
		Files.writeString(folder.resolve("data/postmaster.pid"), ProcessHandle.current().pid() + "\n");

		postgres.start();

		assertThat(postgres.isRunning()).isTrue();
		postgres.stop();
	}

	@Test
	void neverTakesTheLockOfAServerThatRuns(@TempDir Path folder) throws Exception {
		EmbeddedPostgres running = new EmbeddedPostgres(folder, folder.resolve("log"), Ports.free(1)[0], false,
				Map.of());
		running.start();
		Files.delete(folder.resolve("process"));

		EmbeddedPostgres second = new EmbeddedPostgres(folder, folder.resolve("log"), Ports.free(1)[0], false,
				Map.of());

		assertThatIllegalStateException().isThrownBy(second::start).withMessageContaining("postmaster.pid");
		assertThat(running.isRunning()).isTrue();
		assertThat(folder.resolve("data/postmaster.pid")).exists();
		running.stop();
	}

	@Test
	void endsALeftoverAtOnceThoughAClientIsConnected(@TempDir Path folder) throws Exception {
		EmbeddedPostgres left = new EmbeddedPostgres(folder, folder.resolve("log"), Ports.free(1)[0], false, Map.of());
		left.start();
		try (Connection client = connect(left.createDatabase("kept"))) {
			EmbeddedPostgres.endLeftovers(folder);
			assertThat(client.isValid(1)).isFalse();
		}

		assertThat(left.isRunning()).isFalse();
		assertThat(folder.resolve("log")).content().contains("received fast shutdown request");
		assertThat(folder.resolve("data/postmaster.pid")).doesNotExist();
	}

	private static Connection connect(Database database) throws Exception {
		return DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
	}

}
