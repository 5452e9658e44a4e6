package com.banqup.invitations.outbox;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * The outbox in figures: {@code outbox.rows.waiting}, {@code outbox.oldest.age}
 * (seconds), {@code outbox.rows.parked}, {@code outbox.relay.active} (1 or 0), and
 * counters by topic, {@code outbox.published}, {@code outbox.parked} and
 * {@code outbox.trouble} (failures of Kafka or the registry). What is taken from the
 * table is taken by {@link OutboxSampler}; it is not a number until then, and when the
 * database does not answer.
 */
final class OutboxMetrics {

	private final MeterRegistry registry;

	private volatile double rowsWaiting = Double.NaN;

	private volatile double oldestAge = Double.NaN;

	private volatile double rowsParked = Double.NaN;

	private volatile boolean active;

	OutboxMetrics(MeterRegistry registry) {
		this.registry = registry;
		Gauge.builder("outbox.rows.waiting", this, (metrics) -> metrics.rowsWaiting)
			.description("Rows that are still to be published")
			.register(registry);
		Gauge.builder("outbox.oldest.age", this, (metrics) -> metrics.oldestAge)
			.description("Age of the oldest row that is still to be published")
			.baseUnit("seconds")
			.register(registry);
		Gauge.builder("outbox.rows.parked", this, (metrics) -> metrics.rowsParked)
			.description("Rows that cannot be published and wait for an operator")
			.register(registry);
		Gauge.builder("outbox.relay.active", this, (metrics) -> metrics.active ? 1 : 0)
			.description("Whether this process relays for its database")
			.register(registry);
	}

	void published(String topic, int rows) {
		this.registry.counter("outbox.published", "topic", topic).increment(rows);
	}

	void parked(String topic) {
		this.registry.counter("outbox.parked", "topic", topic).increment();
	}

	void troubled(String topic) {
		this.registry.counter("outbox.trouble", "topic", topic).increment();
	}

	void active(boolean active) {
		this.active = active;
	}

	void sampled(double rowsWaiting, double oldestAge, double rowsParked) {
		this.rowsWaiting = rowsWaiting;
		this.oldestAge = oldestAge;
		this.rowsParked = rowsParked;
	}

}
