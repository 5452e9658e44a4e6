package com.banqup.invitations.acceptance.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CountDownLatch;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.netty.http.client.HttpClient;

import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerProperties;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@ExtendWith(OutputCaptureExtension.class)
@Timeout(120)
@NullUnmarked
class AccessTokenConfigurationTests {

	private static final String METADATA = "/clients/.well-known/openid-configuration";

	private static final String KEYS = "/clients/keys";

	private static RSAKey key;

	private final CountDownLatch released = new CountDownLatch(1);

	private HttpServer server;

	private String issuer;

	@BeforeAll
	static void makeKey() throws JOSEException {
		key = new RSAKeyGenerator(2048).keyID("1").generate();
	}

	@BeforeEach
	void startIssuer() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.issuer = "http://127.0.0.1:%d/clients".formatted(this.server.getAddress().getPort());
		this.server.start();
	}

	@AfterEach
	void stopIssuer() {
		this.released.countDown();
		this.server.stop(0);
	}

	@Test
	void takesATokenForOneOfOurAudiencesAndNoOther() {
		answers();
		ReactiveJwtDecoder decoder = decoder("app-api", "old-app-api");

		assertThat(decoder.decode(token("JWT", "somebody-else", "app-api")).block().getSubject()).isEqualTo("ann");
		assertRefused(decoder, token("JWT", "somebody-else"));
		assertRefused(decoder, token("JWT"));
	}

	@Test
	void takesATokenForAnybodyWhenNoAudienceIsConfiguredAndWarns(CapturedOutput output) {
		answers();

		assertThat(decoder().decode(token("JWT", "somebody-else")).block().getSubject()).isEqualTo("ann");
		assertThat(decoder().decode(token("JWT")).block().getSubject()).isEqualTo("ann");
		assertThat(output.getAll()).contains("spring.security.oauth2.resourceserver.jwt.audiences is not set");
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "JWT", "at+jwt", "application/at+jwt" })
	void takesAccessTokensUnderEachOfTheirTypes(String type) {
		answers();

		assertThat(decoder("app-api").decode(token(type, "app-api")).block().getSubject()).isEqualTo("ann");
	}

	@Test
	void refusesOtherTypesOfTokens() {
		answers();

		assertRefused(decoder("app-api"), token("logout+jwt", "app-api"));
	}

	@Test
	void givesUpOnAnIssuerThatAcceptsAndNeverAnswersAndAsksItAgainLater() {
		hangs(METADATA);
		ReactiveJwtDecoder decoder = decoder("app-api");

		assertUnavailable(decoder);

		this.server.removeContext(METADATA);
		answers();
		assertThat(decoder.decode(token("JWT", "app-api")).block().getSubject()).isEqualTo("ann");
	}

	@Test
	void givesUpOnKeysThatNeverCome() {
		metadata();
		hangs(KEYS);

		assertUnavailable(decoder("app-api"));
	}

	@Test
	void namesTheIssuerWhenItIsMissing() {
		assertThatIllegalStateException()
			.isThrownBy(() -> new AccessTokenConfiguration().accessTokens(new OAuth2ResourceServerProperties(),
					WebClient.create()))
			.withMessage("spring.security.oauth2.resourceserver.jwt.issuer-uri is missing");
	}

	private ReactiveJwtDecoder decoder(String... audiences) {
		OAuth2ResourceServerProperties properties = new OAuth2ResourceServerProperties();
		properties.getJwt().setIssuerUri(this.issuer);
		properties.getJwt().setAudiences(List.of(audiences));
		HttpClient impatient = HttpClient.create().responseTimeout(Duration.ofSeconds(3));
		return new AccessTokenConfiguration().accessTokens(properties,
				WebClient.builder().clientConnector(new ReactorClientHttpConnector(impatient)).build());
	}

	private static void assertRefused(ReactiveJwtDecoder decoder, String token) {
		assertThatExceptionOfType(BadJwtException.class).isThrownBy(() -> decoder.decode(token).block());
	}

	private void assertUnavailable(ReactiveJwtDecoder decoder) {
		assertThatExceptionOfType(JwtException.class)
			.isThrownBy(() -> decoder.decode(token("JWT", "app-api")).block(Duration.ofSeconds(60)))
			.isNotInstanceOf(BadJwtException.class);
	}

	private String token(String type, String... audiences) {
		JWTClaimsSet claims = new JWTClaimsSet.Builder().issuer(this.issuer)
			.subject("ann")
			.audience(List.of(audiences))
			.expirationTime(Date.from(Instant.now().plusSeconds(300)))
			.build();
		SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("1")
			.type((type != null) ? new JOSEObjectType(type) : null)
			.build(), claims);
		try {
			token.sign(new RSASSASigner(key));
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
		return token.serialize();
	}

	private void answers() {
		metadata();
		serve(KEYS, new JWKSet(key.toPublicJWK()).toString());
	}

	private void metadata() {
		serve(METADATA, """
				{"issuer": "%1$s", "jwks_uri": "%1$s/keys", "subject_types_supported": ["public"],
				 "authorization_endpoint": "%1$s/authorize", "response_types_supported": ["code"],
				 "token_endpoint": "%1$s/token", "id_token_signing_alg_values_supported": ["RS256"]}
				""".formatted(this.issuer));
	}

	private void serve(String path, String json) {
		this.server.createContext(path, (exchange) -> {
			exchange.getResponseHeaders().set("Content-Type", "application/json");
			exchange.sendResponseHeaders(200, json.length());
			exchange.getResponseBody().write(json.getBytes());
			exchange.close();
		});
	}

	/** Takes the request, and lets it wait until the test is over. */
	private void hangs(String path) {
		this.server.createContext(path, (exchange) -> {
			Thread.ofVirtual().start(() -> {
				try {
					this.released.await();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
				exchange.close();
			});
		});
	}

}
