package com.banqup.invitations.api.rate;

import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sees to it that no Partner Space's requests take all there is. */
@Configuration(proxyBeanMethods = false)
class RateConfiguration {

	/**
	 * Not the time of day: when that is set back, no bucket would be filled for so long.
	 */
	@Bean
	TimeMeter rateTime() {
		return TimeMeter.SYSTEM_NANOTIME;
	}

	@Bean
	RequestRates requestRates(RateProperties properties, TimeMeter time, MeterRegistry meters) {
		return new RequestRates(properties, time, meters);
	}

}
