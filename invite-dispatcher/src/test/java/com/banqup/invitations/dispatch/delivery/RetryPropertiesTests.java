package com.banqup.invitations.dispatch.delivery;

import java.time.Duration;

import com.banqup.invitations.dispatch.delivery.RetryProperties.LaneProperties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class RetryPropertiesTests {

	/** With the service's own defaults. */
	private final ApplicationContextRunner context = new ApplicationContextRunner()
		.withInitializer(new ConfigDataApplicationContextInitializer())
		.withUserConfiguration(Settings.class);

	@Test
	void givesEachKindOfRequestsABudgetOfItsOwn() {
		this.context.run((context) -> {
			RetryProperties properties = context.getBean(RetryProperties.class);
			assertThat(properties.interactive()).isEqualTo(new LaneProperties(100, 8));
			assertThat(properties.bulk()).isEqualTo(new LaneProperties(100, 16));
			assertThat(properties.concurrency()).isEqualTo(24);
			assertThat(properties.delays()).startsWith(Duration.ofMinutes(1)).hasSize(7);
		});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			interactive.concurrency=0 | interactive.concurrency
			interactive.batch-size=0  | interactive.batchSize
			bulk.concurrency=-1       | bulk.concurrency
			bulk.batch-size=0         | bulk.batchSize
			interval=0s               | dispatch.retry.interval: PT0S (expected: more than nothing)
			jitter=2                  | jitter
			""")
	void namesWhatIsWrong(String property, String message) {
		this.context.withPropertyValues("dispatch.retry." + property)
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining(message));
	}

	@EnableConfigurationProperties(RetryProperties.class)
	static class Settings {

	}

}
