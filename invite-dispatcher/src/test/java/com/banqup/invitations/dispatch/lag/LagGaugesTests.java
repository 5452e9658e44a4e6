package com.banqup.invitations.dispatch.lag;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import com.banqup.invitations.dispatch.lag.PartitionLag.GroupPartition;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LagGaugesTests {

	private static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");

	private static final GroupPartition PARTITION = new GroupPartition("invite-dispatcher", "invitation-requests", 3);

	private final AtomicReference<Instant> now = new AtomicReference<>(NOW);

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final LagGauges gauges = new LagGauges(this.registry, this.now::get);

	@Test
	void tellsRecordsAndSecondsByGroupTopicAndPartition() {
		this.gauges.update(List.of(new PartitionLag(PARTITION, 17, NOW.minusSeconds(42))));

		assertThat(gauge("dispatch.consumer.lag.records")).isEqualTo(17);
		assertThat(gauge("dispatch.consumer.lag.seconds")).isEqualTo(42);
	}

	@Test
	void goesOnCountingSecondsWhileNobodyMeasures() {
		this.gauges.update(List.of(new PartitionLag(PARTITION, 17, NOW.minusSeconds(42))));

		this.now.set(NOW.plusSeconds(100));

		assertThat(gauge("dispatch.consumer.lag.seconds")).isEqualTo(142);
		assertThat(this.registry.get("dispatch.consumer.lag.sample.age.seconds").gauge().value()).isEqualTo(100);
	}

	@Test
	void isZeroWhenCaughtUp() {
		this.gauges.update(List.of(new PartitionLag(PARTITION, 17, NOW.minusSeconds(42))));
		this.gauges.update(List.of(new PartitionLag(PARTITION, 0, null)));

		assertThat(gauge("dispatch.consumer.lag.records")).isZero();
		assertThat(gauge("dispatch.consumer.lag.seconds")).isZero();
	}

	@Test
	void tellsNoSecondsThatNobodyCouldRead() {
		this.gauges.update(List.of(new PartitionLag(PARTITION, 17, null)));

		assertThat(gauge("dispatch.consumer.lag.records")).isEqualTo(17);
		assertThat(gauge("dispatch.consumer.lag.seconds")).isNaN();
	}

	@Test
	void isNeverNegativeWhenClocksDiffer() {
		this.gauges.update(List.of(new PartitionLag(PARTITION, 1, NOW.plusSeconds(3))));

		assertThat(gauge("dispatch.consumer.lag.seconds")).isZero();
	}

	@Test
	void forgetsPartitionsThatAreGone() {
		this.gauges.update(List.of(new PartitionLag(PARTITION, 17, NOW.minusSeconds(42))));

		this.gauges.update(List.of());

		assertThat(this.registry.find("dispatch.consumer.lag.records").gauges()).isEmpty();
		assertThat(this.registry.find("dispatch.consumer.lag.seconds").gauges()).isEmpty();
		this.gauges.update(List.of(new PartitionLag(PARTITION, 3, NOW)));
		assertThat(gauge("dispatch.consumer.lag.records")).isEqualTo(3);
	}

	private double gauge(String name) {
		return this.registry.get(name)
			.tags("group", "invite-dispatcher", "topic", "invitation-requests", "partition", "3")
			.gauge()
			.value();
	}

}
