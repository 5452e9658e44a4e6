package com.banqup.invitations.acceptance.web;

import java.time.Duration;

import com.banqup.invitations.acceptance.TestStack;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.WebTestClient;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@DirtiesContext
@NullUnmarked
class ApiWithoutIdentityProviderIT {

	private static final String WELL_FORMED = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbm4ifQ.c2lnbmF0dXJl";

	@LocalServerPort
	private int port;

	@DynamicPropertySource
	static void stack(DynamicPropertyRegistry registry) {
		TestStack.register(registry);
	}

	@Test
	void startsAndAsksToTryAgain() {
		get("/v1/business-spaces", WELL_FORMED).expectStatus()
			.isEqualTo(HttpStatus.SERVICE_UNAVAILABLE)
			.expectHeader()
			.valueEquals(HttpHeaders.RETRY_AFTER, "5")
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("https://banqup.example/problems/identity-provider-unavailable");
	}

	@Test
	void isReadyWithoutKafkaRegistryAndIdentityProvider() {
		get("/actuator/health/readiness", null).expectStatus().isOk();
		get("/actuator/health/liveness", null).expectStatus().isOk();
	}

	private WebTestClient.ResponseSpec get(String path, String bearer) {
		return WebTestClient.bindToServer()
			.baseUrl("http://127.0.0.1:" + this.port)
			.responseTimeout(Duration.ofSeconds(120))
			.build()
			.get()
			.uri(path)
			.headers((headers) -> {
				if (bearer != null) {
					headers.setBearerAuth(bearer);
				}
			})
			.exchange();
	}

}
