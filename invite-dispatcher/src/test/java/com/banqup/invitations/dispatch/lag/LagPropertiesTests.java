package com.banqup.invitations.dispatch.lag;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class LagPropertiesTests {

	private final ApplicationContextRunner context = new ApplicationContextRunner()
		.withUserConfiguration(Settings.class);

	@Test
	void knowsTheGroupsOfTheOtherServices() {
		this.context.run((context) -> assertThat(context.getBean(LagProperties.class).otherGroups()).containsOnly(
				Map.entry("acceptance-service", "invitation-requests"),
				Map.entry("acceptance-service-bulk", "invitation-requests-bulk"),
				Map.entry("invite-api", "onboarding-events")));
	}

	@Test
	void takesMoreGroupsAndOtherTopics() {
		this.context
			.withPropertyValues("dispatch.lag.other-groups.reports=onboarding-events",
					"dispatch.lag.other-groups.invite-api=elsewhere")
			.run((context) -> assertThat(context.getBean(LagProperties.class).otherGroups()).containsOnly(
					Map.entry("acceptance-service", "invitation-requests"),
					Map.entry("acceptance-service-bulk", "invitation-requests-bulk"),
					Map.entry("invite-api", "elsewhere"), Map.entry("reports", "onboarding-events")));
	}

	@Test
	void leavesOutGroupsWithoutATopic() {
		this.context
			.withPropertyValues("dispatch.lag.other-groups.acceptance-service=",
					"dispatch.lag.other-groups.acceptance-service-bulk=", "dispatch.lag.other-groups.invite-api=")
			.run((context) -> assertThat(context.getBean(LagProperties.class).otherGroups()).isEmpty());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			interval=0s              | dispatch.lag.interval: PT0S (expected: more than nothing)
			timeout=-1s              | dispatch.lag.timeout: PT-1S (expected: more than nothing)
			other-groups[ ]=anything | otherGroups
			""")
	void namesWhatIsWrong(String property, String message) {
		this.context.withPropertyValues("dispatch.lag." + property)
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining(message));
	}

	@EnableConfigurationProperties(LagProperties.class)
	static class Settings {

	}

}
