package com.banqup.invitations.api;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.banqup.invitations.devstack.Database;
import com.banqup.invitations.devstack.Stack;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

/**
 * The whole service on real parts. All classes share one application and one database;
 * every test has a Partner Space of its own.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import(ApiIntegration.TestClock.class)
public abstract class ApiIntegration {

	/** How long tests wait for what comes by itself: machines can be slow and busy. */
	protected static final Duration PATIENCE = Duration.ofSeconds(60);

	/** How many rows an upload may have here. */
	protected static final int MAX_ROWS = 60_000;

	/** The servers tests talk to. */
	protected static final Stack STACK = Stack.shared();

	private static final TestIssuer ISSUER = TestIssuer.started();

	private static final Database DATABASE = STACK.postgres().uniqueDatabase("invite_api");

	@Autowired
	protected MutableClock clock;

	@Autowired
	protected DatabaseClient database;

	@LocalServerPort
	private int port;

	protected WebTestClient http;

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) {
		registry.add("spring.r2dbc.url", DATABASE::r2dbcUrl);
		registry.add("spring.r2dbc.username", DATABASE::username);
		registry.add("spring.r2dbc.password", DATABASE::password);
		registry.add("spring.flyway.url", DATABASE::jdbcUrl);
		registry.add("spring.flyway.user", DATABASE::username);
		registry.add("spring.flyway.password", DATABASE::password);
		registry.add("spring.kafka.bootstrap-servers", STACK.kafka()::bootstrapServers);
		registry.add("spring.kafka.properties.schema.registry.url", STACK.registry()::url);
		registry.add("spring.security.oauth2.resourceserver.jwt.issuer-uri", ISSUER::uri);
		registry.add("invite.housekeeping.interval", () -> "1h");
		registry.add("invite.access.issuer-timeout", () -> "30s");
		registry.add("invite.database.lock-timeout", () -> "10s");
		registry.add("invite.database.statement-timeout", PATIENCE::toString);
		registry.add("invite.turns.max-wait", PATIENCE::toString);
		registry.add("spring.r2dbc.pool.max-acquire-time", PATIENCE::toString);
		registry.add("invite.onboarding-events.max-backoff", () -> "1s");
		registry.add("invite.batches.upload.max-rows", () -> MAX_ROWS);
		registry.add("invite.batches.turn-failures", () -> "4");
		registry.add("invite.batches.unusual-rows", () -> "3000");
		registry.add("invite.batches.upload.max-size", () -> "32MB");
	}

	@BeforeEach
	void connect() {
		this.http = WebTestClient.bindToServer()
			.baseUrl("http://127.0.0.1:" + this.port)
			.responseTimeout(PATIENCE.plusSeconds(30))
			.codecs((codecs) -> codecs.defaultCodecs().maxInMemorySize(4_000_000))
			.build();
	}

	@AfterEach
	void returnToThePresent() {
		this.clock.reset();
	}

	/** An administrator of a Partner Space that has a name and is nobody else's. */
	protected Partner administrator() {
		return administratorOf(UUID.randomUUID()).named("Janssens Accountants");
	}

	protected Partner administratorOf(UUID space) {
		return partner(space, "Administrator");
	}

	protected Partner partner(UUID space, String role) {
		return withToken(space,
				ISSUER.token("user-1", Map.of("partner_space_id", space.toString(), "partner_role", role)));
	}

	protected Partner withToken(UUID space, @Nullable String token) {
		return new Partner(this.http, space, token);
	}

	protected static TestIssuer issuer() {
		return ISSUER;
	}

	/** A connection that nobody else uses, to hold locks with. */
	protected static Connection connection() throws SQLException {
		return DriverManager.getConnection(DATABASE.jdbcUrl(), DATABASE.username(), DATABASE.password());
	}

	/** Clients that nobody took the trouble to add one by one. */
	protected List<UUID> insertClients(UUID space, int count) {
		return this.database
			.sql("""
					INSERT INTO client (id, partner_space_id, name, email, email_ascii, status, search_text, created_at, updated_at)
					SELECT gen_random_uuid(), :space, 'Client ' || n, n || '@c.example', n || '@c.example', 'INACTIVE', '',
					       now(), now()
					  FROM generate_series(1, :count) n
					RETURNING id
					""")
			.bind("space", space)
			.bind("count", count)
			.mapValue(UUID.class)
			.all()
			.collectList()
			.blockOptional()
			.orElseThrow();
	}

	/** Lets tests decide what time it is, and see what the database is asked. */
	@TestConfiguration(proxyBeanMethods = false)
	static class TestClock {

		@Bean
		@Primary
		MutableClock mutableClock() {
			return new MutableClock();
		}

		@Bean
		@Primary
		VirtualTime virtualTime() {
			return new VirtualTime();
		}

		@Bean
		RecordedTransactions recordedTransactions() {
			return new RecordedTransactions();
		}

	}

}
