package com.banqup.invitations.dispatch.delivery;

import java.time.Duration;

import com.banqup.invitations.schemas.Topics;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What is done about bulks that were cancelled.
 *
 * @param interval how often to look for deferred mails of theirs
 * @param chunkSize how many of those are cancelled at a time
 * @param rememberFor how long they are remembered: longer than any record of theirs can
 * lie in Kafka, which is the topic's retention and the age of its oldest segment
 * @param forgettingInterval how often to look for those that are forgotten
 */
@Validated
@ConfigurationProperties("dispatch.cancelled-batches")
public record CancelledBatchesProperties(@DefaultValue("1s") @NotNull Duration interval,
		@DefaultValue("500") @Positive int chunkSize, @DefaultValue("30d") @NotNull Duration rememberFor,
		@DefaultValue("1h") @NotNull Duration forgettingInterval) {

	private static final Duration RETENTION = Topics.all()
		.stream()
		.filter((topic) -> topic.name().equals(Topics.INVITATION_REQUESTS_BULK))
		.map((topic) -> Duration.ofMillis(Long.parseLong(topic.config().get("retention.ms"))))
		.findAny()
		.orElseThrow();

	public CancelledBatchesProperties {
		requirePositive("interval", interval);
		requirePositive("forgetting-interval", forgettingInterval);
		if (rememberFor.compareTo(RETENTION) <= 0) {
			throw new IllegalArgumentException(
					"dispatch.cancelled-batches.remember-for: %s (expected: more than %s, the retention of %s)"
						.formatted(rememberFor, RETENTION, Topics.INVITATION_REQUESTS_BULK));
		}
	}

	private static void requirePositive(String property, Duration value) {
		if (!value.isPositive()) {
			throw new IllegalArgumentException(
					"dispatch.cancelled-batches.%s: %s (expected: more than nothing)".formatted(property, value));
		}
	}

}
