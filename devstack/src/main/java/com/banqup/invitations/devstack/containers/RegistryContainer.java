package com.banqup.invitations.devstack.containers;

import java.time.Duration;
import java.util.Map;

import com.banqup.invitations.devstack.SchemaRegistry;
import com.banqup.invitations.devstack.host.Waiting;
import com.banqup.invitations.devstack.registry.EmbeddedRegistry;
import com.banqup.invitations.devstack.registry.RegistryProbe;

/** Apicurio Registry in a container, set up like the embedded one. */
public final class RegistryContainer extends PartContainer implements SchemaRegistry {

	public RegistryContainer(int port) {
		super("the schema registry", Image.REGISTRY, port, 8080);
	}

	@Override
	Map<String, String> environment() {
		return Map.of("APICURIO_STORAGE_KIND", "sql", "APICURIO_STORAGE_SQL_KIND", "h2", "APICURIO_DATASOURCE_URL",
				EmbeddedRegistry.fileUrl("/tmp/registry"), "APICURIO_DATASOURCE_JDBC_INITIAL_SIZE", "1",
				"APICURIO_DATASOURCE_JDBC_MIN_SIZE", "1", "APICURIO_DATASOURCE_JDBC_MAX_SIZE", "10");
	}

	@Override
	void awaitReady() {
		Waiting.until("schema registry at " + url(), Duration.ofMinutes(3), () -> RegistryProbe.serves(url()));
	}

	@Override
	public String url() {
		return RegistryProbe.url(port());
	}

}
