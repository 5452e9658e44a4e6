package com.banqup.invitations.dispatch.deadletter;

import java.time.Duration;
import java.time.InstantSource;

import com.banqup.invitations.dispatch.cycle.Cycle;
import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.scheduler.Schedulers;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Publishes dead letters for as long as the service runs. */
@Configuration(proxyBeanMethods = false)
class DeadLetterConfiguration {

	/** Longer than the producer's own limits, and shorter than a claim. */
	private static final Duration LIMIT = Duration.ofSeconds(50);

	@Bean
	PublishDeadLetters publishDeadLetters(DeadLetters letters, DeadLetterTopic topic, InstantSource clock,
			DeadLetterProperties properties, MeterRegistry meters) {
		return new PublishDeadLetters(letters, topic, clock, properties, meters);
	}

	@Bean
	Cycle deadLetterCycle(PublishDeadLetters publishDeadLetters, DeadLetterProperties properties) {
		return new Cycle("dead letters", publishDeadLetters::publish, properties.interval(), LIMIT,
				Schedulers.parallel());
	}

}
