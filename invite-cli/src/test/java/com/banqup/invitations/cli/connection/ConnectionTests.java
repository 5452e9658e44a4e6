package com.banqup.invitations.cli.connection;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import com.banqup.invitations.cli.api.PartnerSpace;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ConnectionTests {

	private static final UUID LOCAL = UUID.fromString("0199a000-0000-7000-8000-000000000001");

	private static final UUID OTHER = UUID.fromString("0199a000-0000-7000-8000-000000000002");

	private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

	private final List<String> notes = new ArrayList<>();

	@TempDir
	private Path data;

	@Test
	void takesEverythingFromTheLocalRunAndSaysSo() throws IOException {
		aLocalRun("local-token", NOW.plusSeconds(1));

		PartnerSpace space = connect(null, null, null, null, null);

		assertThat(space.server()).isEqualTo(URI.create("http://127.0.0.1:18080"));
		assertThat(space.id()).isEqualTo(LOCAL);
		assertThat(space.token().get()).isEqualTo("local-token");
		assertThat(this.notes).singleElement()
			.asString()
			.contains("endpoints.json", "the server http://127.0.0.1:18080", "the demo Partner Space",
					"a Client Manager's token")
			.doesNotContain("local-token");
	}

	@Test
	void takesUpTheTokenThatARestartOfTheLocalRunWrote() throws IOException {
		aLocalRun("first", NOW.plusSeconds(1));
		PartnerSpace space = connect(null, null, null, null, null);

		aLocalRun("second", NOW.plusSeconds(100));

		assertThat(space.token().get()).isEqualTo("second");
	}

	@Test
	void givesTheLocalTokenToNoOtherServer() throws IOException {
		aLocalRun("local-token", NOW.plusSeconds(1));

		for (String url : List.of("https://invite.example.com", "http://127.0.0.1:9", "https://127.0.0.1:18080")) {
			assertThatExceptionOfType(Misconfigured.class).isThrownBy(() -> connect(url, OTHER, null, null, null))
				.withMessageContaining("a token is missing")
				.withMessageContaining("for http://127.0.0.1:18080 only")
				.withMessageNotContaining("there is no");
		}
	}

	@Test
	void optionsWinOverTheEnvironmentAndThatOverTheLocalRun() throws IOException {
		aLocalRun("local-token", NOW.minusSeconds(1));
		Path file = Files.writeString(this.data.resolve("token"), "  Bearer from-file\n");

		assertThat(connect(null, OTHER, null, null, "from-environment").token().get()).isEqualTo("from-environment");
		assertThat(connect(null, OTHER, "from-option", null, "from-environment").token().get())
			.isEqualTo("from-option");
		PartnerSpace space = connect(null, OTHER, null, file, "from-environment");
		assertThat(space.token().get()).isEqualTo("from-file");
		assertThat(space.id()).isEqualTo(OTHER);

		Files.writeString(file, "renewed");
		assertThat(space.token().get()).isEqualTo("renewed");
	}

	@Test
	void saysWhatIsMissing() {
		assertThatExceptionOfType(Misconfigured.class).isThrownBy(() -> connect(null, LOCAL, "t", null, null))
			.withMessageContaining("--url")
			.withMessageContaining("INVITE_URL")
			.withMessageContaining("./run");
		assertThatExceptionOfType(Misconfigured.class)
			.isThrownBy(() -> connect("https://invite.example.com", null, "t", null, null))
			.withMessageContaining("--partner-space");
	}

	@Test
	void refusesTokensOfALocalRunThatHaveEnded() throws IOException {
		aLocalRun("local-token", NOW);

		assertThatExceptionOfType(Misconfigured.class).isThrownBy(() -> connect(null, null, null, null, null))
			.withMessageContaining("start ./run again");
	}

	@Test
	void quotesNoTokenThatCannotBeOne() {
		assertThatExceptionOfType(Misconfigured.class)
			.isThrownBy(() -> connect("https://invite.example.com", LOCAL, "sec\nret", null, null))
			.withMessageContaining("--token")
			.withMessageNotContaining("sec");
		assertThatExceptionOfType(Misconfigured.class)
			.isThrownBy(() -> connect("https://invite.example.com", LOCAL, null, this.data.resolve("none"), null))
			.withMessageContaining("cannot be read");
	}

	@ParameterizedTest
	@ValueSource(strings = { "invite.example.com", "ftp://invite.example.com", "https://user:secret@invite.example.com",
			"https:///x", "https://invite.example.com?x=1" })
	void refusesUrlsThatAreNone(String url) {
		assertThatExceptionOfType(Misconfigured.class).isThrownBy(() -> connect(url, LOCAL, "t", null, null))
			.withMessageContaining("--url")
			.withMessageNotContaining("secret");
	}

	@Test
	void warnsBeforeATokenTravelsUnencrypted() {
		connect("http://192.0.2.1:8080", LOCAL, "t", null, null);
		assertThat(this.notes).singleElement().asString().contains("unencrypted to 192.0.2.1");

		this.notes.clear();
		connect("https://invite.example.com/base/", LOCAL, "t", null, null);
		connect("http://127.0.0.1:1", LOCAL, "t", null, null);
		assertThat(this.notes).isEmpty();
	}

	@Test
	void saysThatTheFileOfTheLocalRunIsBroken() throws IOException {
		Files.writeString(this.data.resolve("endpoints.json"), "{\"tokens\":{\"clientManager\":\"local-token\"}");

		assertThatExceptionOfType(Misconfigured.class).isThrownBy(() -> connect(null, null, null, null, null))
			.withMessageContaining("cannot be understood")
			.withMessageNotContaining("local-token");
	}

	private PartnerSpace connect(@Nullable String url, @Nullable UUID space, @Nullable String token,
			@Nullable Path tokenFile, @Nullable String environmentToken) {
		return new Connection(new Wishes((url != null) ? URI.create(url) : null, space, token, tokenFile,
				environmentToken, this.data), () -> NOW, this.notes::add)
			.partnerSpace();
	}

	private void aLocalRun(String token, Instant end) throws IOException {
		Files.writeString(this.data.resolve("endpoints.json"), """
				{"inviteApi":"http://127.0.0.1:18080","partnerSpaceId":"%s","tokensExpireAt":"%s","tokens":
				{"administrator":"a","clientManager":"%s","accountant":"b"}}""".formatted(LOCAL, end, token));
	}

}
