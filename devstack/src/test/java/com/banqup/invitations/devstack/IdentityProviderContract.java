package com.banqup.invitations.devstack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;

import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What every identity provider of the stack does. */
interface IdentityProviderContract {

	Stack stack();

	@Test
	default void keepsItsKeysOverAnOutage() throws Exception {
		IdentityProvider identity = stack().identity();
		URI issuer = identity.issuer(IdentityProvider.PARTNERS);
		String token = identity.token(IdentityProvider.PARTNERS, "jan", Map.of("partner_role", "Administrator"),
				Duration.ofHours(1));

		identity.stop();

		assertThat(identity.isRunning()).isFalse();
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> OpenIdClient.of(issuer));

		identity.start();

		assertThat(identity.isRunning()).isTrue();
		assertThat(identity.issuer(IdentityProvider.PARTNERS)).isEqualTo(issuer);
		JWTClaimsSet claims = OpenIdClient.of(issuer).verify(token);
		assertThat(claims.getSubject()).isEqualTo("jan");
		assertThat(claims.getStringClaim("partner_role")).isEqualTo("Administrator");
	}

	@Test
	default void mintsTokensOfOneIssuerThatAnotherDoesNotKnow() throws Exception {
		IdentityProvider identity = stack().identity();
		String token = identity.token(IdentityProvider.PARTNERS, "jan", Map.of(), Duration.ofHours(1));

		OpenIdClient other = OpenIdClient.of(identity.issuer(IdentityProvider.CLIENTS));

		assertThatExceptionOfType(BadJOSEException.class).isThrownBy(() -> other.verify(token))
			.withMessageContaining("no matching key");
	}

	@Test
	default void mintsExpiredTokensToo() throws Exception {
		IdentityProvider identity = stack().identity();
		String token = identity.token(IdentityProvider.CLIENTS, "anna", Map.of(), Duration.ofMinutes(-5));

		OpenIdClient client = OpenIdClient.of(identity.issuer(IdentityProvider.CLIENTS));

		assertThatExceptionOfType(BadJWTException.class).isThrownBy(() -> client.verify(token))
			.withMessage("Expired JWT");
	}

	@Test
	default void logsAPersonIn() throws Exception {
		OpenIdClient client = OpenIdClient.of(stack().identity().issuer(IdentityProvider.CLIENTS));

		HttpResponse<String> redirect = client.submit(Map.of("email", "anna@example.com", "name", "Anna Dvořáková"));
		Map<String, String> back = OpenIdClient.parameters(redirect);
		HttpResponse<String> answer = client.exchange(back.getOrDefault("code", ""), OpenIdClient.VERIFIER);

		assertThat(redirect.statusCode()).isEqualTo(302);
		assertThat(redirect.headers().firstValue("Location").orElse("")).startsWith(OpenIdClient.CALLBACK + "?");
		assertThat(back).containsEntry("state", "the state");
		JsonNode tokens = JsonMapper.shared().readTree(answer.body());
		JWTClaimsSet claims = client.verify(tokens.get("id_token").asString());
		assertThat(claims.getSubject()).isNotBlank();
		assertThat(claims.getAudience()).containsExactly("acceptance-service");
		assertThat(claims.getClaims()).containsEntry("email", "anna@example.com")
			.containsEntry("email_verified", true)
			.containsEntry("name", "Anna Dvořáková")
			.containsEntry("nonce", "the-nonce");
		String accessToken = tokens.get("access_token").asString();
		assertThat(client.verify(accessToken).getSubject()).isEqualTo(claims.getSubject());
		assertThat(client.userInfo(accessToken).get("email").asString()).isEqualTo("anna@example.com");
	}

	@Test
	default void refusesACodeWithoutItsVerifier() throws Exception {
		OpenIdClient client = OpenIdClient.of(stack().identity().issuer(IdentityProvider.CLIENTS));
		Map<String, String> back = OpenIdClient.parameters(client.submit(Map.of("email", "anna@example.com")));

		HttpResponse<String> answer = client.exchange(back.getOrDefault("code", ""), "x".repeat(43));

		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(answer.body()).contains("invalid_grant");
	}

}
