package com.banqup.invitations.api.invitation.kafka;

import java.util.Map;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.ExponentialBackOff;

/** A batch that fails is tried until it succeeds: nothing is passed over. */
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

}
