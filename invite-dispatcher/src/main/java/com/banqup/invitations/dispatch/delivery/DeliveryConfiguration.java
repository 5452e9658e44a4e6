package com.banqup.invitations.dispatch.delivery;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import com.banqup.invitations.dispatch.cycle.Cycle;
import com.banqup.invitations.dispatch.deadletter.DeadLetters;
import com.banqup.invitations.dispatch.mail.MailGateway;
import com.banqup.invitations.dispatch.relay.RelayState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.scheduler.Schedulers;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts deliveries together and tries deferred ones for as long as the service runs. */
@Configuration(proxyBeanMethods = false)
class DeliveryConfiguration {

	@Bean
	Lane interactiveLane(InstantSource clock) {
		return new Lane("interactive", clock);
	}

	@Bean
	Lane bulkLane(InstantSource clock) {
		return new Lane("bulk", clock);
	}

	@Bean
	ShutdownNotice shutdownNotice() {
		return new ShutdownNotice();
	}

	@Bean
	RecordAttempts recordAttempts(Deliveries deliveries, DeliveryProperties properties, MeterRegistry registry) {
		RecordAttempts attempts = new RecordAttempts(deliveries, properties.recordTimeout());
		Gauge.builder("dispatch.unrecorded.batches", attempts, RecordAttempts::kept)
			.description("Batches whose outcome is in memory only, because the ledger could not be reached")
			.register(registry);
		return attempts;
	}

	@Bean
	LastRecording lastRecording(RecordAttempts recordAttempts) {
		return new LastRecording(recordAttempts);
	}

	@Bean
	DeliveryMeters deliveryMeters(MeterRegistry registry) {
		return new DeliveryMeters(registry);
	}

	@Bean
	MailRuns mailRuns(MailGateway gateway, RelayState relay, RecordAttempts recordAttempts, RetryProperties retries,
			DeliveryProperties properties, InstantSource clock, DeliveryMeters meters, ShutdownNotice shutdownNotice) {
		int mails = properties.concurrency() + retries.concurrency();
		if (mails > gateway.concurrency()) {
			throw new IllegalArgumentException(
					"dispatch.mail.connections: %d (expected: at least %d, the lanes' consumers x concurrency and the retries')"
						.formatted(gateway.concurrency(), mails));
		}
		RetrySchedule schedule = new RetrySchedule(retries, () -> ThreadLocalRandom.current().nextDouble());
		SendMails sendMails = new SendMails(gateway, relay, schedule, clock, properties.mailTimeout());
		return new MailRuns(sendMails, recordAttempts, meters, clock, properties, shutdownNotice,
				() -> Schedulers.single(Schedulers.boundedElastic()));
	}

	@Bean
	DeliverBatch deliverBatch(Deliveries deliveries, MailRuns mailRuns) {
		return new DeliverBatch(deliveries, mailRuns);
	}

	@Bean
	RetryDue retryDue(Deliveries deliveries, MailRuns mailRuns, RetryProperties properties) {
		return new RetryDue(deliveries, mailRuns, properties);
	}

	@Bean
	Cycle retryCycle(RetryDue retryDue, RetryProperties retries, DeliveryProperties properties) {
		return new Cycle("retries", retryDue::retrySingle, retries.interval(), properties.batchTimeout(),
				Schedulers.parallel());
	}

	@Bean
	Cycle bulkRetryCycle(RetryDue retryDue, RetryProperties retries, DeliveryProperties properties) {
		return new Cycle("retries of bulks", retryDue::retryBulks, retries.interval(), properties.batchTimeout(),
				Schedulers.parallel());
	}

	@Bean
	CancelDeferred cancelDeferred(Deliveries deliveries, DeliveryMeters meters, InstantSource clock,
			CancelledBatchesProperties cancelledBatches, DeliveryProperties properties) {
		return new CancelDeferred(deliveries, meters, clock, cancelledBatches, properties.recordTimeout());
	}

	@Bean
	Cycle cancellationCycle(CancelDeferred cancelDeferred, CancelledBatchesProperties cancelledBatches,
			DeliveryProperties properties) {
		return new Cycle("cancelled bulks", cancelDeferred::cancelSome, cancelledBatches.interval(),
				properties.recordTimeout(), Schedulers.parallel());
	}

	@Bean
	Cycle forgettingCycle(CancelDeferred cancelDeferred, CancelledBatchesProperties cancelledBatches,
			DeliveryProperties properties) {
		return new Cycle("forgetting cancelled bulks", cancelDeferred::forgetOld, cancelledBatches.forgettingInterval(),
				properties.recordTimeout(), Schedulers.parallel());
	}

	@Bean
	QueueDepths queueDepths(Deliveries deliveries, DeadLetters deadLetters, InstantSource clock,
			MeterRegistry registry) {
		return new QueueDepths(deliveries, deadLetters, clock, registry);
	}

	@Bean
	Cycle queueDepthCycle(QueueDepths queueDepths, QueueDepthProperties properties) {
		return new Cycle("queue depths", queueDepths::measure, properties.interval(), properties.interval(),
				Schedulers.parallel());
	}

	@Bean
	LanesHealthIndicator lanesHealthIndicator(List<Lane> lanes, MeterRegistry registry) {
		lanes.forEach((lane) -> Gauge.builder("dispatch.lane.waiting", lane, (it) -> it.waiting().isPresent() ? 1 : 0)
			.description("1 while the lane waits for something, 0 while it moves")
			.tag("lane", lane.name())
			.register(registry));
		return new LanesHealthIndicator(lanes);
	}

}
