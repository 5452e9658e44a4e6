package com.banqup.invitations.dispatch.delivery;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class DeliveryPropertiesTests {

	private final ApplicationContextRunner context = new ApplicationContextRunner()
		.withUserConfiguration(Settings.class)
		.withPropertyValues("dispatch.delivery.interactive.consumers=2", "dispatch.delivery.interactive.batch-size=200",
				"dispatch.delivery.interactive.concurrency=16", "dispatch.delivery.bulk.consumers=2",
				"dispatch.delivery.bulk.batch-size=500", "dispatch.delivery.bulk.concurrency=32");

	@Test
	void fitsItsTimesTogether() {
		this.context.run((context) -> {
			DeliveryProperties properties = context.getBean(DeliveryProperties.class);
			assertThat(properties.claimTime()).isEqualTo(Duration.ofSeconds(110));
			assertThat(properties.batchTimeout()).isEqualTo(Duration.ofSeconds(140));
			assertThat(properties.concurrency()).isEqualTo(96);
		});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			mail-timeout=0s         | dispatch.delivery.mail-timeout: PT0S (expected: more than nothing)
			start-budget=-1s        | dispatch.delivery.start-budget: PT-1S (expected: more than nothing)
			record-timeout=0s       | dispatch.delivery.record-timeout: PT0S (expected: more than nothing)
			record-after=0s         | dispatch.delivery.record-after: PT0S (expected: more than nothing)
			record-concurrency=0    | recordConcurrency
			bulk.concurrency=0      | bulk.concurrency
			""")
	void namesWhatIsWrong(String property, String message) {
		this.context.withPropertyValues("dispatch.delivery." + property)
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining(message));
	}

	@EnableConfigurationProperties(DeliveryProperties.class)
	static class Settings {

	}

}
