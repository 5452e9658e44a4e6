package com.banqup.invitations.api.access;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import com.banqup.invitations.api.InviteApiApplication;
import com.banqup.invitations.api.TestIssuer;
import com.banqup.invitations.devstack.Database;
import com.banqup.invitations.devstack.Stack;
import org.junit.jupiter.api.Test;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.reactive.server.WebTestClient;

class IssuerIT {

	@Test
	void startsWhileTheIssuerIsDownAndServesOnceItIsUp() {
		UUID space = UUID.randomUUID();
		try (TestIssuer issuer = TestIssuer.stopped(); ConfigurableApplicationContext application = start(issuer)) {
			WebTestClient http = http(application);
			String token = issuer.token("user-1",
					Map.of("partner_space_id", space.toString(), "partner_role", "Accountant"));

			http.get().uri("/actuator/health/readiness").exchange().expectStatus().isOk();
			clients(http, space, token).expectStatus()
				.isEqualTo(HttpStatus.SERVICE_UNAVAILABLE)
				.expectHeader()
				.valueEquals("Retry-After", "5")
				.expectBody()
				.jsonPath("$.type")
				.isEqualTo("https://banqup.example/problems/identity-provider-unavailable");

			issuer.start();

			clients(http, space, token).expectStatus().isOk();
		}
	}

	@Test
	void takesTokensForItsAudiencesOnlyWhenTheseAreSet() {
		UUID space = UUID.randomUUID();
		Map<String, Object> claims = Map.of("partner_space_id", space.toString(), "partner_role", "Accountant");
		try (TestIssuer issuer = TestIssuer.started();
				ConfigurableApplicationContext application = start(issuer,
						"--spring.security.oauth2.resourceserver.jwt.audiences=invite-api,partners")) {
			WebTestClient http = http(application);

			clients(http, space, issuer.token("user-1", with(claims, List.of("other", "partners")))).expectStatus()
				.isOk();
			clients(http, space, issuer.token("user-1", with(claims, "invite-api"))).expectStatus().isOk();
			clients(http, space, issuer.token("user-1", with(claims, List.of("other")))).expectStatus()
				.isUnauthorized();
			clients(http, space, issuer.token("user-1", claims)).expectStatus().isUnauthorized();
		}
	}

	private static Map<String, Object> with(Map<String, Object> claims, Object audience) {
		Map<String, Object> all = new HashMap<>(claims);
		all.put("aud", audience);
		return all;
	}

	private static WebTestClient http(ConfigurableApplicationContext application) {
		return WebTestClient.bindToServer()
			.baseUrl("http://127.0.0.1:" + application.getEnvironment().getProperty("local.server.port"))
			.responseTimeout(Duration.ofSeconds(60))
			.build();
	}

	private static WebTestClient.ResponseSpec clients(WebTestClient http, UUID space, String token) {
		return http.get()
			.uri("/v1/partner-spaces/{space}/clients", space)
			.header("Authorization", "Bearer " + token)
			.exchange();
	}

	private static ConfigurableApplicationContext start(TestIssuer issuer, String... arguments) {
		Stack stack = Stack.shared();
		Database database = stack.postgres().uniqueDatabase("invite_api");
		return new SpringApplicationBuilder(InviteApiApplication.class).properties(Map.of("server.port", "0"))
			.run(Stream.concat(Stream.of(arguments), Stream.of("--spring.r2dbc.url=" + database.r2dbcUrl(),
					"--spring.r2dbc.username=" + database.username(), "--spring.r2dbc.password=" + database.password(),
					"--spring.flyway.url=" + database.jdbcUrl(), "--spring.flyway.user=" + database.username(),
					"--spring.flyway.password=" + database.password(),
					"--spring.kafka.bootstrap-servers=" + stack.kafka().bootstrapServers(),
					"--spring.kafka.properties.schema.registry.url=" + stack.registry().url(),
					"--spring.kafka.consumer.group-id=" + UUID.randomUUID(),
					"--spring.security.oauth2.resourceserver.jwt.issuer-uri=" + issuer.uri(),
					"--spring.r2dbc.pool.max-acquire-time=60s", "--invite.access.issuer-timeout=30s"))
				.toArray(String[]::new));
	}

}
