package com.banqup.invitations.acceptance;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import com.banqup.invitations.devstack.Stack;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.r2dbc.core.DatabaseClient;

import static org.assertj.core.api.Assertions.assertThat;

/** The service starts together with what it needs. */
@ExtendWith(OutputCaptureExtension.class)
@Timeout(480)
class StartUpIT {

	@Test
	void waitsForADatabaseThatComesLater(CapturedOutput output) throws Exception {
		String[] arguments = arguments();
		Stack.shared().postgres().stop();
		try (ExecutorService aside = Executors.newSingleThreadExecutor()) {
			Future<ConfigurableApplicationContext> starting;
			try {
				starting = aside.submit(() -> new SpringApplicationBuilder(AcceptanceApplication.class).run(arguments));
				Awaitility.await()
					.atMost(Duration.ofMinutes(3))
					.until(() -> output.getAll().contains("Retrying in") || starting.isDone());
			}
			finally {
				Stack.shared().postgres().start();
			}

			try (ConfigurableApplicationContext started = starting.get(3, TimeUnit.MINUTES)) {
				assertThat(started.getBean(DatabaseClient.class)
					.sql("SELECT count(*) FROM invitation")
					.mapValue(Long.class)
					.one()
					.block(Duration.ofSeconds(30))).isZero();
			}
		}
	}

	/** Of a service with a database of its own, and nothing else. */
	private static String[] arguments() {
		Map<String, Object> properties = new TreeMap<>(Map.of("server.port", 0));
		TestStack.registerWithEmptyDatabase((name, value) -> properties.put(name, value.get()));
		return properties.entrySet().stream().map((property) -> "--" + property).toArray(String[]::new);
	}

}
