package com.banqup.invitations.dispatch.delivery.kafka;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

class RequestConsumerPropertiesTests {

	private final ApplicationContextRunner contexts = new ApplicationContextRunner()
		.withUserConfiguration(Settings.class);

	@Test
	void suitsBatchesOfOnePartitionByDefault() {
		this.contexts.run((context) -> assertThat(context.getBean(RequestConsumerProperties.class))
			.satisfies((properties) -> assertThat(properties.partitionFetch()).isEqualTo(DataSize.ofMegabytes(4)))
			.satisfies((properties) -> assertThat(properties.fetch()).isEqualTo(DataSize.ofMegabytes(8))));
	}

	@ParameterizedTest
	@CsvSource({ "partition-fetch, 0B", "fetch, 3MB", "fetch, 257MB", "session-timeout, 5s", "session-timeout, 31m",
			"metadata-age, 0s", "authorization-retry, 0s" })
	void refusesWhatCannotWork(String property, String value) {
		this.contexts.withPropertyValues("dispatch.requests." + property + "=" + value)
			.run((context) -> assertThat(context).getFailure()
				.hasStackTraceContaining("dispatch.requests." + property + ": "));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(RequestConsumerProperties.class)
	static class Settings {

	}

}
