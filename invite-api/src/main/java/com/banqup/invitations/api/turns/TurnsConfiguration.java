package com.banqup.invitations.api.turns;

import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.r2dbc.autoconfigure.R2dbcProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Sees to it that writes leave connections to the database for those who read. */
@Configuration(proxyBeanMethods = false)
class TurnsConfiguration {

	@Bean
	Turns turns(TurnsProperties properties, R2dbcProperties database, MeterRegistry meters) {
		int connections = database.getPool().getMaxSize();
		if (properties.runningInAll() >= connections) {
			throw new IllegalArgumentException("invite.turns.running-in-all: " + properties.runningInAll()
					+ " (expected: less than spring.r2dbc.pool.max-size, " + connections + ")");
		}
		return new Turns(properties, meters);
	}

}
