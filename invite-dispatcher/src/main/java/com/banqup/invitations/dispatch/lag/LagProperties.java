package com.banqup.invitations.dispatch.lag;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import com.banqup.invitations.schemas.Topics;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How lag is measured, and whose besides that of this service's own consumers.
 *
 * @param interval how often
 * @param timeout the longest that one question to the brokers may take
 * @param otherGroups the topic of each group of the other services; what is set adds to
 * the defaults, and a group without a topic is left out
 */
@Validated
@ConfigurationProperties("dispatch.lag")
public record LagProperties(@DefaultValue("5s") @NotNull Duration interval,
		@DefaultValue("5s") @NotNull Duration timeout, @DefaultValue Map<@NotBlank String, String> otherGroups) {

	/** The consumers of the other services, by the names that these have by default. */
	private static final Map<String, String> OTHER_GROUPS = Map.of("acceptance-service", Topics.INVITATION_REQUESTS,
			"acceptance-service-bulk", Topics.INVITATION_REQUESTS_BULK, "invite-api", Topics.ONBOARDING_EVENTS);

	public LagProperties {
		requirePositive("interval", interval);
		requirePositive("timeout", timeout);
		Map<String, String> groups = new HashMap<>(OTHER_GROUPS);
		groups.putAll(otherGroups);
		groups.values().removeIf(String::isBlank);
		otherGroups = Map.copyOf(groups);
	}

	private static void requirePositive(String property, Duration value) {
		if (!value.isPositive()) {
			throw new IllegalArgumentException(
					"dispatch.lag.%s: %s (expected: more than nothing)".formatted(property, value));
		}
	}

}
