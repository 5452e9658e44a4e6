package com.banqup.invitations.dispatch.relay;

import java.time.InstantSource;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Watches the relay and tells health and metrics. */
@Configuration(proxyBeanMethods = false)
class RelayConfiguration {

	@Bean
	RelayState relayState(InstantSource clock, MeterRegistry registry) {
		RelayState state = new RelayState(clock);
		Gauge.builder("dispatch.relay.up", state, (relay) -> relay.outage().isPresent() ? 0 : 1)
			.description("1 while the relay takes mail as far as known, 0 while it does not")
			.register(registry);
		Gauge
			.builder("dispatch.relay.down.since", state,
					(relay) -> relay.outage().map((outage) -> outage.since().getEpochSecond()).orElse(0L))
			.description("Since when the relay takes no mail, in seconds of the epoch; 0 while it does")
			.register(registry);
		return state;
	}

	@Bean
	RelayHealthIndicator relayHealthIndicator(RelayState relayState) {
		return new RelayHealthIndicator(relayState);
	}

}
