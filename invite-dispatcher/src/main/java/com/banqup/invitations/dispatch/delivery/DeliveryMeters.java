package com.banqup.invitations.dispatch.delivery;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** Counts what becomes of mails. */
final class DeliveryMeters {

	private final Counter sent;

	private final Counter deferred;

	private final Counter rejected;

	private final Counter cancelled;

	private final Counter notMade;

	private final Timer waitingTime;

	DeliveryMeters(MeterRegistry registry) {
		this.sent = counter(registry, DeliveryState.SENT);
		this.deferred = counter(registry, DeliveryState.DEFERRED);
		this.rejected = counter(registry, DeliveryState.REJECTED);
		this.cancelled = counter(registry, DeliveryState.CANCELLED);
		this.notMade = Counter.builder("dispatch.mails.not.made")
			.description("Mails that were claimed and given back without an attempt")
			.register(registry);
		this.waitingTime = Timer.builder("dispatch.mail.waiting.time")
			.description("From the partner's request to the relay's answer")
			.publishPercentileHistogram()
			.minimumExpectedValue(Duration.ofMillis(10))
			.maximumExpectedValue(Duration.ofHours(1))
			.register(registry);
	}

	void count(List<Attempt> attempts) {
		attempts.forEach(this::count);
	}

	void countCancelled(int deliveries) {
		this.cancelled.increment(deliveries);
	}

	private void count(Attempt attempt) {
		switch (attempt) {
			case Attempt.Sent it -> {
				this.sent.increment();
				this.waitingTime.record(Duration.between(it.delivery().request().requestedAt(), it.at()));
			}
			case Attempt.Deferred it -> this.deferred.increment();
			case Attempt.Rejected it -> this.rejected.increment();
			case Attempt.NotMade it -> this.notMade.increment();
		}
	}

	private static Counter counter(MeterRegistry registry, DeliveryState outcome) {
		return Counter.builder("dispatch.mails")
			.description("Attempts by their outcome, and mails that were cancelled without one")
			.tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
			.register(registry);
	}

}
