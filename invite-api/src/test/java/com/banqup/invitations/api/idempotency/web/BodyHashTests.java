package com.banqup.invitations.api.idempotency.web;

import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BodyHashTests {

	/** Of {"age":[3,1],"id":"00000000-0000-0000-0000-000000000001","name":"Café"}. */
	private static final String PINNED = "fc446b735c454f4cc4ae880195537f74d60700d45aec482d0df1762f8c2b3512";

	private static final UUID ID = new UUID(0, 1);

	@Test
	void isTheSameInEveryRelease() {
		assertThat(BodyHash.of(new Form("Café", ID, List.of(3, 1)))).isEqualTo(PINNED);
	}

	@Test
	void staysWhenAReleaseAddsAnOptionalFieldOrMovesOne() {
		assertThat(BodyHash.of(new LaterForm(null, ID, List.of(3, 1), "Café"))).isEqualTo(PINNED);
	}

	@Test
	void tellsBodiesApart() {
		assertThat(BodyHash.of(new LaterForm("x", ID, List.of(3, 1), "Café"))).isNotEqualTo(PINNED);
		assertThat(BodyHash.of(new Form("Café", ID, List.of(1, 3)))).isNotEqualTo(PINNED);
		assertThat(BodyHash.of(null)).isNotEqualTo(PINNED);
	}

	record Form(String name, UUID id, List<Integer> age) {
	}

	record LaterForm(@Nullable String added, UUID id, List<Integer> age, String name) {
	}

}
