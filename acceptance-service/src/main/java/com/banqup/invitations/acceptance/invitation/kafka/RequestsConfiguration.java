package com.banqup.invitations.acceptance.invitation.kafka;

import java.util.Map;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.ContainerCustomizer;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.listener.RetryListener;
import org.springframework.util.backoff.ExponentialBackOff;

@Configuration(proxyBeanMethods = false)
class RequestsConfiguration {

	/**
	 * Tries again for ever, whatever the error: what can never be read is passed over
	 * before it comes here, so all that is left is an outage or a defect, and neither may
	 * lose an invitation. The lag shows it.
	 */
	@Bean
	CommonErrorHandler requestsErrorHandler(RequestsProperties properties, MeterRegistry meters) {
		ExponentialBackOff backOff = new ExponentialBackOff(500, 2);
		backOff.setMaxInterval(properties.maxBackoff().toMillis());
		DefaultErrorHandler errorHandler = new DefaultErrorHandler(backOff);
		errorHandler.setClassifications(Map.of(), true);
		errorHandler.setRetryListeners(new FailureCount(meters.counter("acceptance.requests.failures")));
		return errorHandler;
	}

	@Bean
	ContainerCustomizer<Object, Object, ConcurrentMessageListenerContainer<Object, Object>> requestsConcurrency(
			RequestsProperties properties) {
		return (container) -> container.setConcurrency(properties.concurrency());
	}

	/** Counts the attempts that failed, so that an outage shows before the lag does. */
	private record FailureCount(Counter failures) implements RetryListener {

		@Override
		public void failedDelivery(ConsumerRecord<?, ?> consumed, @Nullable Exception failure, int attempt) {
			this.failures.increment();
		}

		@Override
		public void failedDelivery(ConsumerRecords<?, ?> consumed, @Nullable Exception failure, int attempt) {
			this.failures.increment();
		}

	}

}
