package com.banqup.invitations.api.invitation.kafka;

import java.util.Map;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.ContainerCustomizer;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * A batch that fails is tried until it succeeds: what could not be recorded at any time
 * is a dead letter by then, so what is left is a matter of Kafka, the registry or the
 * database.
 */
@Configuration(proxyBeanMethods = false)
class OnboardingEventsConfiguration {

	@Bean
	CommonErrorHandler retryUntilItSucceeds(OnboardingEventsProperties properties) {
		ExponentialBackOff backOff = new ExponentialBackOff(properties.minBackoff().toMillis(), 2);
		backOff.setMaxInterval(properties.maxBackoff().toMillis());
		DefaultErrorHandler handler = new DefaultErrorHandler(backOff);
		handler.setClassifications(Map.of(), true);
		return handler;
	}

	@Bean
	ContainerCustomizer<Object, Object, ConcurrentMessageListenerContainer<Object, Object>> concurrency(
			OnboardingEventsProperties properties) {
		return (container) -> container.setConcurrency(properties.concurrency());
	}

}
