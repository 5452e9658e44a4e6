package com.banqup.invitations.systemtests.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import com.banqup.invitations.devstack.Database;
import com.banqup.invitations.devstack.EmbeddedStack;
import com.banqup.invitations.devstack.IdentityProvider;
import com.banqup.invitations.devstack.StackPorts;
import com.banqup.invitations.systemtests.bench.baseline.InvitationTopic;
import org.apache.kafka.common.utils.AppInfoParser;
import tools.jackson.databind.json.JsonMapper;

/**
 * Kafka, PostgreSQL, the schema registry and the identity provider, durable, as a process
 * of its own: what they cost can be told from what measuring costs. Ends with the process
 * that started it.
 */
final class BenchStack {

	private static final int PARTNER_SPACES = 160;

	private static final Duration TOKENS_VALID_FOR = Duration.ofHours(12);

	/** Whether PostgreSQL keeps the times of its statements. */
	static final String STATEMENTS = "bench.statements";

	private static final List<String> DURABILITY = List.of("fsync", "synchronous_commit", "full_page_writes",
			"shared_buffers", "max_wal_size");

	private BenchStack() {
	}

	/**
	 * Starts everything and stays.
	 * @param arguments the data folder, the file for {@link Addresses}, and the ports in
	 * the order of {@link StackPorts}
	 */
	public static void main(String[] arguments) throws Exception {
		int[] ports = Arrays.stream(arguments).skip(2).mapToInt(Integer::parseInt).toArray();
		EmbeddedStack.Builder builder = EmbeddedStack.builder()
			.data(Path.of(arguments[0]))
			.ports(new StackPorts(ports[0], ports[1], ports[2], ports[3], ports[4], ports[5], ports[6]))
			.durable(true);
		if (Boolean.getBoolean(STATEMENTS)) {
			StatementTimes.SETTINGS.forEach(builder::postgresSetting);
		}
		EmbeddedStack stack = builder.build();
		Runtime.getRuntime().addShutdownHook(new Thread(stack::close));
		write(addresses(stack), Path.of(arguments[1]));
		ProcessHandle.current().parent().ifPresent((parent) -> parent.onExit().join());
		System.exit(0);
	}

	private static Addresses addresses(EmbeddedStack stack) throws SQLException {
		Database inviteApi = stack.postgres().createDatabase("invite_api");
		Database dispatcher = stack.postgres().createDatabase("dispatcher");
		Database acceptance = stack.postgres().createDatabase("acceptance");
		stack.kafka().createTopic(InvitationTopic.NAME, InvitationTopic.PARTITIONS);
		IdentityProvider identity = stack.identity();
		return new Addresses(inviteApi, dispatcher, acceptance, stack.kafka().bootstrapServers(),
				stack.registry().url(), identity.issuer(IdentityProvider.PARTNERS).toString(),
				identity.issuer(IdentityProvider.CLIENTS).toString(),
				IntStream.range(0, PARTNER_SPACES).mapToObj((i) -> administrator(identity)).toList(),
				settings(inviteApi));
	}

	private static Addresses.Administrator administrator(IdentityProvider identity) {
		String space = UUID.randomUUID().toString();
		return new Addresses.Administrator(space,
				identity.token(IdentityProvider.PARTNERS, UUID.randomUUID().toString(),
						Map.of("partner_space_id", space, "partner_role", "Administrator", "name", "Benchmark"),
						TOKENS_VALID_FOR));
	}

	/** What the servers themselves say. */
	private static Map<String, String> settings(Database database) throws SQLException {
		Map<String, String> settings = new LinkedHashMap<>();
		settings.put("kafka", AppInfoParser.getVersion());
		try (Connection connection = DriverManager.getConnection(database.jdbcUrl(), database.username(),
				database.password()); Statement statement = connection.createStatement()) {
			settings.put("postgresql", show(statement, "server_version"));
			for (String name : DURABILITY) {
				settings.put("postgresql " + name, show(statement, name));
			}
		}
		return settings;
	}

	private static String show(Statement statement, String name) throws SQLException {
		try (ResultSet result = statement.executeQuery("SHOW " + name)) {
			result.next();
			return result.getString(1);
		}
	}

	/** Whoever finds the file finds all of it. */
	private static void write(Addresses addresses, Path file) throws IOException {
		Path half = file.resolveSibling(file.getFileName() + ".new");
		Files.write(half, JsonMapper.shared().writeValueAsBytes(addresses));
		Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
	}

}
