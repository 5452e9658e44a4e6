package com.banqup.invitations.devstack.launcher;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import com.banqup.invitations.devstack.Database;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ServiceDefinitionsTests {

	private static final Database DATABASE = new Database("jdbc:x", "r2dbc:x", "user", "secret");

	@TempDir
	private Path home;

	@TempDir
	private Path copies;

	@Test
	void runsACopyThatTheNextBuildLeavesAlone() throws IOException {
		Path built = Files.createDirectories(this.home.resolve("invite-api/target")).resolve("invite-api.jar");
		Files.writeString(built, "first build");

		ServiceDefinition service = definitions().inviteApi(DATABASE);
		Files.writeString(built, "second build");

		assertThat(service.jar()).hasContent("first build").hasParent(this.copies);
		assertThat(definitions().inviteApi(DATABASE).jar()).hasContent("second build");
	}

	@Test
	void saysWhichJarTheBuildDidNotMake() {
		assertThatExceptionOfType(LaunchException.class).isThrownBy(() -> definitions().inviteApi(DATABASE))
			.withMessageContaining("invite-api.jar is missing");
	}

	@Test
	void givesTheDispatcherTheTimeItNeedsToEndWhatItBegan() throws IOException {
		for (String name : ServiceDefinitions.NAMES) {
			Files.writeString(Files.createDirectories(this.home.resolve(name).resolve("target")).resolve(name + ".jar"),
					"jar");
		}

		assertThat(definitions().all(new StartedStack.ServiceDatabases(DATABASE, DATABASE, DATABASE)))
			.allSatisfy((service) -> assertThat(service.stopPatience()).isLessThan(ControlServer.STOP_PATIENCE))
			.extracting(ServiceDefinition::stopPatience)
			.containsExactly(Duration.ofSeconds(30), Duration.ofSeconds(130), Duration.ofSeconds(30));
	}

	private ServiceDefinitions definitions() {
		URI issuer = URI.create("http://127.0.0.1:8090/partners");
		return new ServiceDefinitions(this.home, this.copies, PortPlan.standard(), new Secrets("key", "secret"),
				new ServiceDefinitions.Surroundings(issuer, issuer, "http://127.0.0.1:8085"));
	}

}
