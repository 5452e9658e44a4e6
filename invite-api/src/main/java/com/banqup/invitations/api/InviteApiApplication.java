package com.banqup.invitations.api;

import java.time.Clock;
import java.time.ZoneOffset;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.context.annotation.Bean;

/** Starts the partner-facing API. */
@SpringBootApplication(proxyBeanMethods = false)
@ConfigurationPropertiesScan
public class InviteApiApplication {

	public static void main(String[] args) {
		SpringApplication.run(InviteApiApplication.class, args);
	}

	/** Milliseconds, the precision that the records between the services carry. */
	@Bean
	Clock clock() {
		return Clock.tickMillis(ZoneOffset.UTC);
	}

}
