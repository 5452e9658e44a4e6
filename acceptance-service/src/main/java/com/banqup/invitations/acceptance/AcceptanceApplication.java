package com.banqup.invitations.acceptance;

import java.time.Clock;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.webflux.autoconfigure.error.ErrorWebFluxAutoConfiguration;
import org.springframework.context.annotation.Bean;

/**
 * Starts the acceptance service. Boot's own error pages stay out: failures are answered
 * by {@code PageErrors} and {@code FilterProblems}, and never with the path of a link.
 */
@SpringBootApplication(exclude = ErrorWebFluxAutoConfiguration.class)
@ConfigurationPropertiesScan
public class AcceptanceApplication {

	public static void main(String[] args) {
		SpringApplication.run(AcceptanceApplication.class, args);
	}

	@Bean
	Clock clock() {
		return Clock.systemUTC();
	}

}
