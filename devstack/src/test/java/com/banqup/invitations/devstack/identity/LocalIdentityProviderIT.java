package com.banqup.invitations.devstack.identity;

import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import com.banqup.invitations.devstack.IdentityProvider;
import com.banqup.invitations.devstack.OpenIdClient;
import com.banqup.invitations.devstack.host.Ports;
import com.nimbusds.jwt.JWTClaimsSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class LocalIdentityProviderIT {

	private final int port = Ports.free(1)[0];

	private final Path folder;

	private LocalIdentityProvider identity;

	LocalIdentityProviderIT(@TempDir Path folder) {
		this.folder = folder;
		this.identity = new LocalIdentityProvider(folder, this.port);
	}

	@BeforeEach
	void start() {
		this.identity.start();
	}

	@AfterEach
	void stop() {
		this.identity.stop();
	}

	@Test
	void knowsItsKeysAndAccountsAfterARestart() throws Exception {
		String token = this.identity.token(IdentityProvider.CLIENTS, "anna", Map.of(), Duration.ofHours(1));
		JWTClaimsSet before = logIn(Map.of("email", "anna@example.com", "name", "Anna"));
		this.identity.stop();

		this.identity = new LocalIdentityProvider(this.folder, this.port);
		this.identity.start();

		assertThat(client().verify(token).getSubject()).isEqualTo("anna");
		JWTClaimsSet after = logIn(Map.of("email", "Anna@example.com"));
		assertThat(after.getSubject()).isEqualTo(before.getSubject());
		assertThat(after.getStringClaim("name")).isEqualTo("Anna");
	}

	@Test
	void hasOneAddressWhateverTheCallerCallsIt() throws Exception {
		URI byName = URI.create("http://localhost:%d/clients/.well-known/openid-configuration".formatted(this.port));

		HttpResponse<String> answer = client().get(byName);

		assertThat(JsonMapper.shared().readTree(answer.body()).get("issuer").asString())
			.isEqualTo("http://127.0.0.1:%d/clients".formatted(this.port));
		assertThat(JsonMapper.shared().readTree(answer.body()).get("token_endpoint").asString())
			.startsWith("http://127.0.0.1:%d/clients/".formatted(this.port));
	}

	@Test
	void showsALoginPageThatEscapesWhatItIsTold() throws Exception {
		OpenIdClient client = client();

		HttpResponse<String> page = client.get(URI.create(client.loginAddress() + "&login_hint=%22%3E%3Cscript%3E"));

		assertThat(page.statusCode()).isEqualTo(200);
		assertThat(page.body()).contains("acceptance-service", "name=\"email\"", "name=\"name\"", "error=access_denied")
			.contains("value=\"&quot;&gt;&lt;script&gt;\"")
			.doesNotContain("<script>");
		assertThat(page.headers().firstValue("Content-Security-Policy").orElse("")).contains("default-src 'none'");
	}

	@Test
	void asksAgainForAnAddressThatIsNone() throws Exception {
		HttpResponse<String> page = client().submit(Map.of("email", "anna", "name", "Anna"));

		assertThat(page.statusCode()).isEqualTo(422);
		assertThat(page.body()).contains("Enter an email address", "value=\"anna\"", "value=\"Anna\"");
	}

	@Test
	void saysWhenAnAddressWasNeverConfirmed() throws Exception {
		assertThat(logIn(Map.of("email", "anna@example.com", "unverified", "yes")).getBooleanClaim("email_verified"))
			.isFalse();
	}

	@Test
	void refusesABrokenRequestWithAPage() throws Exception {
		HttpResponse<String> page = client()
			.get(this.identity.issuer("clients").resolve("/clients/authorize?client_id=x"));

		assertThat(page.statusCode()).isEqualTo(400);
		assertThat(page.body()).contains("The application&#39;s request is not valid");
	}

	@Test
	void refusesToLeadToAScript() throws Exception {
		OpenIdClient client = client();
		String address = client.loginAddress()
			.toString()
			.replaceFirst("redirect_uri=[^&]*", "redirect_uri=javascript:alert(1)");

		assertThat(client.get(URI.create(address)).statusCode()).isEqualTo(400);
	}

	@Test
	void hasNoIssuersThatNobodyAskedFor() throws Exception {
		assertThat(client().get(URI.create("http://127.0.0.1:%d/others/jwks".formatted(this.port))).statusCode())
			.isEqualTo(404);
	}

	private OpenIdClient client() throws Exception {
		return OpenIdClient.of(this.identity.issuer(IdentityProvider.CLIENTS));
	}

	private JWTClaimsSet logIn(Map<String, String> fields) throws Exception {
		OpenIdClient client = client();
		String code = OpenIdClient.parameters(client.submit(fields)).getOrDefault("code", "");
		String tokens = client.exchange(code, OpenIdClient.VERIFIER).body();
		return client.verify(JsonMapper.shared().readTree(tokens).get("id_token").asString());
	}

}
