package com.banqup.invitations.acceptance;

import java.util.Base64;
import java.util.Map;
import java.util.function.Supplier;

import com.banqup.invitations.devstack.Database;
import com.banqup.invitations.devstack.IdentityProvider;
import com.banqup.invitations.devstack.Stack;
import com.banqup.invitations.link.LinkKeys;

import org.springframework.test.context.DynamicPropertyRegistry;

/** Points the service at the stack that the tests share, with a database of its own. */
public final class TestStack {

	/** The key that the tests' links are made with. */
	private static final String KEY = Base64.getEncoder().encodeToString("0123456789abcdef0123456789abcdef".getBytes());

	public static final LinkKeys LINKS = LinkKeys.of(1, Map.of(1, KEY));

	/** A machine that is busy takes its time; no test waits for one of these. */
	private static final Map<String, String> LIMITS = Map.of("spring.r2dbc.pool.max-acquire-time", "60s",
			"spring.r2dbc.pool.max-create-connection-time", "30s", "spring.r2dbc.pool.max-validation-time", "10s",
			"spring.r2dbc.properties.connectTimeout", "PT30S", "spring.r2dbc.properties.statementTimeout", "PT60S",
			"acceptance.login.connect-timeout", "30s", "acceptance.login.response-timeout", "30s");

	private static final Database DATABASE = Stack.shared().postgres().uniqueDatabase("acceptance");

	private TestStack() {
	}

	/** A database that tests share, and nothing behind the other addresses. */
	public static void register(DynamicPropertyRegistry registry) {
		database(registry, DATABASE);
		registry.add("spring.kafka.bootstrap-servers", () -> "127.0.0.1:1");
		registry.add("spring.kafka.properties.schema.registry.url", () -> "http://127.0.0.1:1");
		issuer(registry, () -> "http://127.0.0.1:1/clients");
	}

	/** A database of the caller's own, and nothing behind the other addresses. */
	public static void registerWithEmptyDatabase(DynamicPropertyRegistry registry) {
		register(registry);
		database(registry, Stack.shared().postgres().uniqueDatabase("acceptance"));
	}

	/** A shared database, and the clients' identity provider. */
	public static void registerWithIdentity(DynamicPropertyRegistry registry) {
		register(registry);
		issuer(registry, () -> Stack.shared().identity().issuer(IdentityProvider.CLIENTS).toString());
	}

	/** A database of the caller's own, Kafka and the schema registry. */
	public static void registerWithKafka(DynamicPropertyRegistry registry) {
		registerWithEmptyDatabase(registry);
		registry.add("spring.kafka.bootstrap-servers", () -> Stack.shared().kafka().bootstrapServers());
		registry.add("spring.kafka.properties.schema.registry.url", () -> Stack.shared().registry().url());
	}

	private static void issuer(DynamicPropertyRegistry registry, Supplier<Object> issuer) {
		registry.add("spring.security.oauth2.resourceserver.jwt.issuer-uri", issuer);
		registry.add("spring.security.oauth2.client.provider.banqup.issuer-uri", issuer);
		registry.add("spring.security.oauth2.client.registration.banqup.client-id", () -> "acceptance-service");
		registry.add("spring.security.oauth2.client.registration.banqup.client-secret", () -> "secret");
	}

	private static void database(DynamicPropertyRegistry registry, Database database) {
		registry.add("spring.r2dbc.url", database::r2dbcUrl);
		registry.add("spring.r2dbc.username", database::username);
		registry.add("spring.r2dbc.password", database::password);
		registry.add("spring.flyway.url", database::jdbcUrl);
		registry.add("spring.flyway.user", database::username);
		registry.add("spring.flyway.password", database::password);
		LIMITS.forEach((name, limit) -> registry.add(name, () -> limit));
		registry.add("invitation-links.current-key", () -> 1);
		registry.add("invitation-links.keys.1", () -> KEY);
	}

}
