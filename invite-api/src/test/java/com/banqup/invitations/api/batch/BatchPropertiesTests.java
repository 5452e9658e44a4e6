package com.banqup.invitations.api.batch;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BatchPropertiesTests {

	@Test
	void hasSoundDefaults() {
		BatchProperties properties = bind(Map.of());

		assertThat(properties.lead()).isEqualTo(20_000);
		assertThat(properties.turnFailures()).isEqualTo(12);
	}

	@ParameterizedTest
	@CsvSource({ "turn-longest-pause, 100ms", "max-backoff, 100ms", "poll-interval, 0s", "uploads-in-all, 1" })
	void namesWhatCannotBe(String name, String value) {
		assertThatThrownBy(() -> bind(Map.of("invite.batches." + name, value))).rootCause()
			.hasMessageStartingWith("invite.batches." + name + ": ");
	}

	private static BatchProperties bind(Map<String, String> properties) {
		return new Binder(new MapConfigurationPropertySource(properties)).bindOrCreate("invite.batches",
				BatchProperties.class);
	}

}
