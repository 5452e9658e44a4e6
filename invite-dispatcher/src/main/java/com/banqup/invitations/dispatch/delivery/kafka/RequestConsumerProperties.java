package com.banqup.invitations.dispatch.delivery.kafka;

import java.time.Duration;

import jakarta.validation.constraints.NotNull;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How the lanes' consumers read. How much they take at a time is {@code batch-size} in
 * {@code dispatch.delivery}.
 *
 * @param partitionFetch how much of a partition a consumer is sent at a time: a batch may
 * be of one partition, and Kafka's own 1 MB would make it a smaller one
 * @param fetch how much of all its partitions, held in memory until it is taken
 * @param sessionTimeout after how long without a sign of life a consumer's partitions go
 * to the others; so long waits what a process that was killed had not done
 * @param metadataAge how soon a topic that was missing is found
 * @param authorizationRetry how soon it is tried again after the brokers refused access
 */
@Validated
@ConfigurationProperties("dispatch.requests")
record RequestConsumerProperties(@DefaultValue("4MB") @NotNull DataSize partitionFetch,
		@DefaultValue("8MB") @NotNull DataSize fetch, @DefaultValue("15s") @NotNull Duration sessionTimeout,
		@DefaultValue("15s") @NotNull Duration metadataAge, @DefaultValue("10s") @NotNull Duration authorizationRetry) {

	private static final DataSize MOST = DataSize.ofMegabytes(256);

	/** Brokers refuse less, and more, unless they are told otherwise. */
	private static final Duration SHORTEST_SESSION = Duration.ofSeconds(6);

	private static final Duration LONGEST_SESSION = Duration.ofMinutes(30);

	RequestConsumerProperties {
		require(partitionFetch.toBytes() > 0, "partition-fetch", partitionFetch, "more than nothing");
		require(fetch.compareTo(partitionFetch) >= 0 && fetch.compareTo(MOST) <= 0, "fetch", fetch,
				"partition-fetch, " + partitionFetch + ", .. " + MOST);
		require(sessionTimeout.compareTo(SHORTEST_SESSION) >= 0 && sessionTimeout.compareTo(LONGEST_SESSION) <= 0,
				"session-timeout", sessionTimeout, SHORTEST_SESSION + " .. " + LONGEST_SESSION);
		require(metadataAge.isPositive(), "metadata-age", metadataAge, "more than nothing");
		require(authorizationRetry.isPositive(), "authorization-retry", authorizationRetry, "more than nothing");
	}

	private static void require(boolean condition, String property, Object value, String expected) {
		if (!condition) {
			throw new IllegalArgumentException(
					"dispatch.requests.%s: %s (expected: %s)".formatted(property, value, expected));
		}
	}

}
