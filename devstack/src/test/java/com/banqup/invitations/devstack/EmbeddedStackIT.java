package com.banqup.invitations.devstack;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

import com.banqup.invitations.devstack.host.PortTakenException;
import com.banqup.invitations.devstack.host.TemporaryFolders;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EmbeddedStackIT implements StackContract {

	private final EmbeddedStack stack = EmbeddedStack.builder()
		.data(TemporaryFolders.claim("client-invitations-stack"))
		.ports(StackPorts.free())
		.durable(false)
		.build();

	@Override
	public Stack stack() {
		return this.stack;
	}

	@BeforeAll
	void startAtOnceFromManyThreads() throws Exception {
		try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
			threads
				.<Object>invokeAll(List.<Callable<Object>>of(this.stack::kafka, this.stack::kafka, this.stack::postgres,
						this.stack::postgres, this.stack::registry, this.stack::inbox, this.stack::identity))
				.forEach((started) -> assertThat(started.state()).isEqualTo(Future.State.SUCCESS));
		}
	}

	@AfterAll
	void stop() {
		this.stack.close();
	}

	@Nested
	class OnAFolder {

		private final Path folder;

		private final StackPorts ports = StackPorts.free();

		OnAFolder(@TempDir Path folder) {
			this.folder = folder;
		}

		@Test
		void hasItsDataAfterARestart() throws Exception {
			Database before;
			try (EmbeddedStack first = stack()) {
				first.kafka().createTopic("kept", 2);
				before = first.postgres().createDatabase("kept");
				try (Connection connection = connect(before)) {
					connection.createStatement().execute("create table fruit (name text)");
					connection.createStatement().execute("insert into fruit values ('apple')");
				}
			}

			try (EmbeddedStack second = stack()) {
				Database after = second.postgres().createDatabase("kept");
				assertThat(after).isEqualTo(before);
				try (Connection connection = connect(after)) {
					ResultSet fruit = connection.createStatement().executeQuery("select name from fruit");
					assertThat(fruit.next()).isTrue();
					assertThat(fruit.getString(1)).isEqualTo("apple");
					assertThat(connection.createStatement()
						.executeQuery("select 1 from pg_settings"
								+ " where name in ('fsync', 'full_page_writes', 'synchronous_commit') and setting <> 'on'")
						.next()).as("a durable setting is off").isFalse();
				}
				try (Admin admin = Admin.create(Map.of("bootstrap.servers", second.kafka().bootstrapServers()))) {
					assertThat(admin.listTopics().names().get()).contains("kept");
				}
			}
		}

		@Test
		void leavesNothingBehindOfAStartThatIsBrokenOff() throws Exception {
			try (EmbeddedStack first = stack()) {
				breakOff(first::kafka, "kafka/log/meta.properties");
				breakOff(first::postgres, "postgres/process");
				breakOff(first::registry, "registry/process");
			}

			assertThat(this.folder.resolve("postgres/process")).doesNotExist();
			assertThat(this.folder.resolve("registry/process")).doesNotExist();
			try (EmbeddedStack second = stack()) {
				assertThat(List.of(second.kafka(), second.postgres(), second.registry())).allMatch(Part::isRunning);
			}
		}

		private void breakOff(Callable<?> start, String signOfBeginning) throws InterruptedException {
			FutureTask<?> task = new FutureTask<>(start);
			Thread starting = Thread.ofPlatform().start(task);
			Awaitility.await()
				.atMost(Duration.ofMinutes(2))
				.pollDelay(Duration.ZERO)
				.pollInterval(Duration.ofMillis(2))
				.until(() -> Files.exists(this.folder.resolve(signOfBeginning)));
			starting.interrupt();
			starting.join();
			assertThat(task.state()).isEqualTo(Future.State.FAILED);
		}

		@Test
		void isTheOnlyOne() {
			try (EmbeddedStack first = stack()) {
				assertThatIllegalStateException().isThrownBy(this::stack)
					.withMessageContaining(this.folder.toString())
					.withMessageContaining("is in use by process " + ProcessHandle.current().pid());
				assertThat(first.inbox().isRunning()).isTrue();
			}
		}

		@Test
		void namesATakenPort(@TempDir Path other) {
			try (EmbeddedStack first = stack();
					EmbeddedStack second = EmbeddedStack.builder().data(other).ports(this.ports).build()) {
				first.inbox();

				assertThatExceptionOfType(PortTakenException.class).isThrownBy(second::inbox)
					.withMessageContaining("port " + this.ports.inbox() + ", wanted for the mail inbox's web page");
			}
		}

		private EmbeddedStack stack() {
			return EmbeddedStack.builder().data(this.folder).ports(this.ports).build();
		}

		private static Connection connect(Database database) throws SQLException {
			return DriverManager.getConnection(database.jdbcUrl(), database.username(), database.password());
		}

	}

}
