package com.banqup.invitations.outbox;

import java.time.Duration;

import com.banqup.invitations.devstack.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.transaction.ReactiveTransactionManager;
import org.springframework.transaction.reactive.TransactionalOperator;

import static com.banqup.invitations.outbox.Records.sent;
import static com.banqup.invitations.outbox.RelayFixture.STACK;
import static org.assertj.core.api.Assertions.assertThat;

class OutboxAutoConfigurationIT {

	private final Database database = STACK.postgres().uniqueDatabase("outbox");

	private final ApplicationContextRunner services = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(R2dbcAutoConfiguration.class, R2dbcTransactionManagerAutoConfiguration.class,
						FlywayAutoConfiguration.class, KafkaAutoConfiguration.class, OutboxAutoConfiguration.class))
		.withBean(SimpleMeterRegistry.class)
		.withPropertyValues("spring.r2dbc.url=" + this.database.r2dbcUrl(),
				"spring.r2dbc.username=" + this.database.username(),
				"spring.r2dbc.password=" + this.database.password(), "spring.flyway.url=" + this.database.jdbcUrl(),
				"spring.flyway.user=" + this.database.username(), "spring.flyway.password=" + this.database.password(),
				"spring.flyway.locations=classpath:db/outbox");

	private ApplicationContextRunner withKafka() {
		return this.services.withPropertyValues("spring.kafka.bootstrap-servers=" + STACK.kafka().bootstrapServers(),
				"spring.kafka.properties.schema.registry.url=" + STACK.registry().url());
	}

	@Test
	void givesAServiceAnOutboxThatPublishes() {
		String topic = RelayFixture.topic();

		withKafka().withPropertyValues("outbox.sample-interval=100ms").run((context) -> {
			assertThat(context).hasNotFailed();
			MeterRegistry meters = context.getBean(MeterRegistry.class);
			TransactionalOperator transaction = TransactionalOperator
				.create(context.getBean(ReactiveTransactionManager.class));

			context.getBean(Outbox.class)
				.append(new OutboxMessage(topic, "key", sent(1)))
				.as(transaction::transactional)
				.block();

			Awaitility.await()
				.atMost(Duration.ofMinutes(2))
				.until(() -> RelayFixture.numbers(topic).containsKey("key"));
			Awaitility.await()
				.atMost(Duration.ofMinutes(2))
				.until(() -> meters.get("outbox.rows.waiting").gauge().value() == 0
						&& meters.get("outbox.relay.active").gauge().value() == 1);
		});
	}

	@Test
	void leavesSpringBootsOwnProducerAlone() {
		withKafka().run((context) -> assertThat(context).hasSingleBean(ProducerFactory.class)
			.hasSingleBean(KafkaTemplate.class));
	}

	@Test
	void startsWhileKafkaAndTheRegistryAreOut() {
		this.services
			.withPropertyValues("spring.kafka.bootstrap-servers=127.0.0.1:1",
					"spring.kafka.properties.schema.registry.url=http://127.0.0.1:1")
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(OutboxRelay.class));
	}

	@Test
	void namesThePropertyWhenThereIsNoRegistry() {
		this.services.run((context) -> assertThat(context).getFailure()
			.rootCause()
			.hasMessageContaining("spring.kafka.properties.schema.registry.url"));
	}

	@Test
	void takesNoPartInRelayingWhenItIsDisabled() {
		this.services.withPropertyValues("outbox.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(Outbox.class)
				.doesNotHaveBean(OutboxRelay.class));
	}

	@Test
	void refusesSettingsThatMakeNoSense() {
		this.services.withPropertyValues("outbox.enabled=false", "outbox.batch-size=0")
			.run((context) -> assertThat(context).hasFailed());
		this.services.withPropertyValues("outbox.enabled=false", "outbox.backoff.min=10s", "outbox.backoff.max=1s")
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining("outbox.backoff.max"));
	}

}
