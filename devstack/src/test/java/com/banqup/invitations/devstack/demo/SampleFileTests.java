package com.banqup.invitations.devstack.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.banqup.invitations.schemas.InviteeLanguage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SampleFileTests {

	/** Domains that never belong to anybody (RFC 2606, RFC 6761). */
	private static final Pattern RESERVED = Pattern
		.compile("[a-z0-9.+-]+@([a-z0-9-]+\\.(example|test)|example\\.(com|org|net))");

	@TempDir
	private Path folder;

	@Test
	void theSamplesAreAThousandCompaniesNobodyOfWhichCanGetMail() {
		List<SampleClient> clients = SampleFile.read(Path.of("..", "samples", "clients.csv"));

		assertThat(clients).hasSize(1000).allSatisfy((client) -> {
			assertThat(client.email()).matches(RESERVED);
			assertThat(client.vatNumber()).startsWith(client.country());
			assertThat(InviteeLanguage.ofCode(client.language())).isPresent();
		});
		assertThat(distinct(clients, SampleClient::email)).isEqualTo(1000);
		assertThat(distinct(clients, SampleClient::externalReference)).isEqualTo(1000);
		assertThat(distinct(clients, SampleClient::vatNumber)).isEqualTo(1000);
		assertThat(distinct(clients, SampleClient::country)).isGreaterThanOrEqualTo(6);
		assertThat(distinct(clients, SampleClient::language)).isEqualTo(4);
	}

	@Test
	void theSamplesHaveNamesThatBreakCarelessPrograms() {
		List<String> names = SampleFile.read(Path.of("..", "samples", "clients.csv"))
			.stream()
			.map(SampleClient::name)
			.toList();

		assertThat(names).anyMatch((name) -> name.contains("'"))
			.anyMatch((name) -> name.contains("ß"))
			.anyMatch((name) -> name.contains("ł"))
			.anyMatch((name) -> name.contains(","))
			.anyMatch((name) -> name.contains("&"))
			.anyMatch((name) -> name.length() > 100);
	}

	@Test
	void namesTheLineAndTheColumnThatIsMissing() throws IOException {
		Path file = Files.writeString(this.folder.resolve("clients.csv"), "name,email\nA,a@a.example\n");

		assertThatExceptionOfType(DemoException.class).isThrownBy(() -> SampleFile.read(file))
			.withMessageContaining("line 2 has no column language");
	}

	private static long distinct(List<SampleClient> clients, Function<SampleClient, String> property) {
		return clients.stream().map(property).collect(Collectors.toSet()).size();
	}

}
