package com.banqup.invitations.dispatch.delivery;

import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;

import com.banqup.invitations.dispatch.cycle.Cycle;
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
	RecordAttempts recordAttempts(Deliveries deliveries, MeterRegistry registry) {
		RecordAttempts attempts = new RecordAttempts(deliveries);
		Gauge.builder("dispatch.unrecorded.batches", attempts, RecordAttempts::kept)
			.description("Batches whose outcome is in memory only, because the ledger could not be reached")
			.register(registry);
		return attempts;
	}

	@Bean
	MailRuns mailRuns(MailGateway gateway, RelayState relay, RecordAttempts recordAttempts, RetryProperties retries,
			DeliveryProperties properties, InstantSource clock, MeterRegistry registry, ShutdownNotice shutdownNotice) {
		RetrySchedule schedule = new RetrySchedule(retries, () -> ThreadLocalRandom.current().nextDouble());
		SendMails mails = new SendMails(gateway, relay, schedule, clock, properties.mailTimeout());
		return new MailRuns(mails, recordAttempts, new DeliveryMeters(registry), clock, properties, shutdownNotice);
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
		return new Cycle("retries", retryDue::retry, retries.interval(), properties.batchTimeout(),
				Schedulers.parallel());
	}

}
