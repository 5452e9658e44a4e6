package com.banqup.invitations.devstack.launcher;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.banqup.invitations.devstack.Database;

/** The three services, configured for the embedded stack. */
final class ServiceDefinitions {

	/** Their names, in the order of an invitation's way through them. */
	static final List<String> NAMES = List.of("invite-api", "invite-dispatcher", "acceptance-service");

	/**
	 * The mails under way end and are recorded: the dispatcher's own limits, and some
	 * more.
	 */
	static final Duration DISPATCHER_STOP_PATIENCE = Duration.ofSeconds(130);

	private static final Duration STOP_PATIENCE = Duration.ofSeconds(30);

	private static final int HEAP_MEGABYTES = 256;

	private static final String LINK_KEY_ID = "1";

	private final Path home;

	private final Path copies;

	private final PortPlan ports;

	private final Secrets secrets;

	private final Surroundings surroundings;

	/**
	 * Definitions for one run.
	 * @param home the folder of the sources, with what the build made
	 * @param copies takes copies of the jars to run: a build may replace the originals
	 * while they are up
	 */
	ServiceDefinitions(Path home, Path copies, PortPlan ports, Secrets secrets, Surroundings surroundings) {
		this.home = home;
		this.copies = copies;
		this.ports = ports;
		this.secrets = secrets;
		this.surroundings = surroundings;
	}

	/** The port of the service with this name. */
	static Port portOf(String name) {
		return switch (name) {
			case "invite-api" -> Port.INVITE_API;
			case "invite-dispatcher" -> Port.INVITE_DISPATCHER;
			case "acceptance-service" -> Port.ACCEPTANCE_SERVICE;
			default -> throw new IllegalArgumentException("no service: " + name);
		};
	}

	/** All of them, in the order of {@link #NAMES}. */
	List<ServiceDefinition> all(StartedStack.ServiceDatabases databases) {
		return List.of(inviteApi(databases.inviteApi()), inviteDispatcher(databases.dispatcher()),
				acceptanceService(databases.acceptance()));
	}

	ServiceDefinition inviteApi(Database database) {
		Map<String, String> properties = common(Port.INVITE_API, database);
		properties.put("spring.security.oauth2.resourceserver.jwt.issuer-uri",
				this.surroundings.partnersIssuer().toString());
		return define("invite-api", Port.INVITE_API, STOP_PATIENCE, properties);
	}

	ServiceDefinition inviteDispatcher(Database database) {
		Map<String, String> properties = common(Port.INVITE_DISPATCHER, database);
		properties.putAll(links());
		properties.put("dispatch.mail.host", PortPlan.HOST);
		properties.put("dispatch.mail.port", Integer.toString(this.ports.of(Port.SMTP)));
		properties.put("dispatch.mail.starttls", "never");
		properties.put("dispatch.mail.from", "invitations@banqup.example");
		return define("invite-dispatcher", Port.INVITE_DISPATCHER, DISPATCHER_STOP_PATIENCE, properties);
	}

	ServiceDefinition acceptanceService(Database database) {
		Map<String, String> properties = common(Port.ACCEPTANCE_SERVICE, database);
		properties.putAll(links());
		String issuer = this.surroundings.clientsIssuer().toString();
		properties.put("spring.security.oauth2.client.registration.banqup.client-id", "acceptance-service");
		properties.put("spring.security.oauth2.client.registration.banqup.client-secret", this.secrets.clientSecret());
		properties.put("spring.security.oauth2.client.provider.banqup.issuer-uri", issuer);
		properties.put("spring.security.oauth2.resourceserver.jwt.issuer-uri", issuer);
		properties.put("acceptance.secure-cookies", "false");
		return define("acceptance-service", Port.ACCEPTANCE_SERVICE, STOP_PATIENCE, properties);
	}

	private Map<String, String> common(Port port, Database database) {
		Map<String, String> properties = new LinkedHashMap<>();
		properties.put("server.address", PortPlan.HOST);
		properties.put("server.port", Integer.toString(this.ports.of(port)));
		properties.put("spring.r2dbc.url", database.r2dbcUrl());
		properties.put("spring.r2dbc.username", database.username());
		properties.put("spring.r2dbc.password", database.password());
		properties.put("spring.flyway.url", database.jdbcUrl());
		properties.put("spring.flyway.user", database.username());
		properties.put("spring.flyway.password", database.password());
		properties.put("spring.kafka.bootstrap-servers", this.ports.address(Port.KAFKA));
		properties.put("spring.kafka.properties.schema.registry.url", this.surroundings.registryUrl());
		properties.put("spring.output.ansi.enabled", "never");
		return properties;
	}

	private Map<String, String> links() {
		return Map.of("invitation-links.base-url", this.ports.http(Port.ACCEPTANCE_SERVICE).toString(),
				"invitation-links.current-key", LINK_KEY_ID, "invitation-links.keys." + LINK_KEY_ID,
				this.secrets.linkKey());
	}

	private ServiceDefinition define(String name, Port port, Duration stopPatience, Map<String, String> properties) {
		return new ServiceDefinition(name, this.ports.http(port), copyOfJar(name), HEAP_MEGABYTES, stopPatience,
				Map.copyOf(properties));
	}

	private Path copyOfJar(String name) {
		Path jar = this.home.resolve(name).resolve("target").resolve(name + ".jar");
		try {
			return Files.copy(jar, this.copies.resolve(name + ".jar"), StandardCopyOption.REPLACE_EXISTING);
		}
		catch (NoSuchFileException ex) {
			throw new LaunchException("%s is missing: the build did not make it".formatted(jar), ex);
		}
		catch (IOException ex) {
			throw new LaunchException("%s cannot be copied to %s: %s".formatted(jar, this.copies, ex), ex);
		}
	}

	/**
	 * What the services need to know of the stack besides its ports.
	 */
	record Surroundings(URI partnersIssuer, URI clientsIssuer, String registryUrl) {
	}

}
