package com.banqup.invitations.api.deadletter;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;

import com.banqup.invitations.api.ApiIntegration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

class DeadLettersIT extends ApiIntegration {

	@Autowired
	private DeadLetters letters;

	@Autowired
	private DeadLetterDepth depth;

	@Test
	void showsOperatorsHowManyThereAre() {
		this.database.sql("DELETE FROM dead_letter").then().block();

		this.letters.keep(List.of(letter(1), letter(2), letter(2))).block();
		this.depth.measure().block();

		// The service's own measurements may be behind.
		Awaitility.await()
			.atMost(PATIENCE)
			.untilAsserted(() -> assertThat(metrics()).contains("invite_queue_depth{queue=\"dead-letters\"} 2.0"));
	}

	private String metrics() {
		return String.valueOf(this.http.get()
			.uri("/actuator/prometheus")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody());
	}

	private static DeadLetter letter(long offset) {
		return new DeadLetter("onboarding-events", 3, offset, Instant.parse("2026-03-01T10:00:00Z"), "key",
				ByteBuffer.wrap(new byte[] { 1, 2, 3 }), "undecodable");
	}

}
