package com.banqup.invitations.devstack.launcher;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EndpointsTests {

	@TempDir
	private Path folder;

	private final Endpoints endpoints = new Endpoints(URI.create("http://127.0.0.1:8080"),
			URI.create("http://127.0.0.1:8081"), URI.create("http://127.0.0.1:8082"),
			URI.create("http://127.0.0.1:8025"), "127.0.0.1:2525", URI.create("http://127.0.0.1:8090"),
			URI.create("http://127.0.0.1:8090/partners"), URI.create("http://127.0.0.1:8090/clients"),
			"http://127.0.0.1:8085/apis/ccompat/v7", "127.0.0.1:9092",
			Map.of("dispatcher", "jdbc:postgresql://127.0.0.1:5433/dispatcher"), UUID.randomUUID(),
			URI.create("http://127.0.0.1:8080/v1/partner-spaces/x"), Instant.parse("2026-12-01T00:00:00Z"),
			new Endpoints.Tokens("one", "two", "three"));

	@Test
	void isReadAsItWasWritten() {
		this.endpoints.write(this.folder);

		assertThat(Endpoints.read(this.folder)).isEqualTo(this.endpoints);
	}

	@Test
	void onlyTheOwnerCanReadTheTokens() throws IOException {
		this.endpoints.write(this.folder);

		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(this.folder.resolve(Endpoints.FILE))))
			.isEqualTo("rw-------");
		assertThat(this.endpoints.toString()).doesNotContain("three");
	}

	@Test
	void saysWhenThereIsNothingToRead() {
		assertThatExceptionOfType(LaunchException.class).isThrownBy(() -> Endpoints.read(this.folder))
			.withMessageContaining("nothing was started");
	}

}
