package com.banqup.invitations.api.database;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;

import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.R2dbcTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

@Timeout(60)
class DatabasePoolTests {

	/** More tries than the time for all of them allows. */
	private final ApplicationContextRunner service = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(R2dbcAutoConfiguration.class))
		.withUserConfiguration(DatabaseConfiguration.class, Properties.class)
		.withPropertyValues("spring.r2dbc.pool.acquire-retry=20", "spring.r2dbc.pool.max-acquire-time=2s",
				"spring.r2dbc.pool.max-create-connection-time=2s");

	@Test
	void answersInTimeHoweverManyTriesItHasWhenTheDatabaseAcceptsAndNeverAnswers() throws IOException {
		try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			this.service
				.withPropertyValues("spring.r2dbc.url=r2dbc:postgresql://user:secret@127.0.0.1:%d/invite_api"
					.formatted(silent.getLocalPort()))
				.run((context) -> Mono.from(context.getBean(ConnectionFactory.class).create())
					.as(StepVerifier::create)
					.expectError(R2dbcTimeoutException.class)
					.verify(Duration.ofSeconds(30)));
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableConfigurationProperties(DatabaseProperties.class)
	static class Properties {

	}

}
