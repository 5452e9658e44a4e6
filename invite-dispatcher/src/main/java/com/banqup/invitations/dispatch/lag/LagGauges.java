package com.banqup.invitations.dispatch.lag;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import com.banqup.invitations.dispatch.lag.PartitionLag.GroupPartition;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/**
 * The lag of consumers as gauges. Seconds go on counting between samples, so a lag never
 * looks better because nobody has measured it.
 */
public final class LagGauges {

	private final Map<GroupPartition, PartitionLag> known = new ConcurrentHashMap<>();

	private final Map<GroupPartition, List<Meter>> meters = new HashMap<>();

	private final MeterRegistry registry;

	private final InstantSource clock;

	private volatile Instant sampledAt;

	public LagGauges(MeterRegistry registry, InstantSource clock) {
		this.registry = registry;
		this.clock = clock;
		this.sampledAt = clock.instant();
		Gauge.builder("dispatch.consumer.lag.sample.age.seconds", this, LagGauges::sampleAge)
			.description("How old the figures about lag are")
			.register(registry);
	}

	/**
	 * Takes the figures of one sample; partitions that are not in it are gone. Not safe
	 * for use by many threads.
	 */
	public void update(Collection<PartitionLag> sample) {
		Set<GroupPartition> gone = new HashSet<>(this.known.keySet());
		sample.forEach((lag) -> {
			gone.remove(lag.partition());
			if (this.known.put(lag.partition(), lag) == null) {
				this.meters.put(lag.partition(), register(lag.partition()));
			}
		});
		gone.forEach(this::forget);
		this.sampledAt = this.clock.instant();
	}

	private void forget(GroupPartition partition) {
		this.known.remove(partition);
		Objects.requireNonNull(this.meters.remove(partition)).forEach(this.registry::remove);
	}

	private List<Meter> register(GroupPartition partition) {
		Tags tags = Tags.of("group", partition.group(), "topic", partition.topic(), "partition",
				Integer.toString(partition.partition()));
		Gauge records = Gauge
			.builder("dispatch.consumer.lag.records", this, (gauges) -> gauges.lag(partition).records())
			.description("Records that the group has not settled")
			.tags(tags)
			.register(this.registry);
		Gauge seconds = Gauge
			.builder("dispatch.consumer.lag.seconds", this,
					(gauges) -> gauges.lag(partition).secondsBehind(this.clock.instant()))
			.description(
					"For how long the first of them has been waiting, 0 when there is none, NaN when it is not known")
			.tags(tags)
			.register(this.registry);
		return List.of(records, seconds);
	}

	private PartitionLag lag(GroupPartition partition) {
		return this.known.getOrDefault(partition, new PartitionLag(partition, 0, null));
	}

	private double sampleAge() {
		return Duration.between(this.sampledAt, this.clock.instant()).toMillis() / 1000.0;
	}

}
