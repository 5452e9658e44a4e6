package com.banqup.invitations.dispatch.lag;

import java.time.InstantSource;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Lag as metrics. */
@Configuration(proxyBeanMethods = false)
class LagConfiguration {

	@Bean
	LagGauges lagGauges(MeterRegistry registry, InstantSource clock) {
		return new LagGauges(registry, clock);
	}

}
