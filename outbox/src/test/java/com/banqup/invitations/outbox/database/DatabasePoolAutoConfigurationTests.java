package com.banqup.invitations.outbox.database;

import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.r2dbc.autoconfigure.ConnectionFactoryOptionsBuilderCustomizer;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class DatabasePoolAutoConfigurationTests {

	private final ApplicationContextRunner service = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(R2dbcAutoConfiguration.class, DatabasePoolAutoConfiguration.class))
		.withPropertyValues("spring.r2dbc.url=r2dbc:postgresql://user:secret@127.0.0.1:1/nothing");

	@Test
	void takesThePlaceOfSpringBootsPool() {
		this.service.withPropertyValues("spring.r2dbc.pool.max-acquire-time=2s", "spring.r2dbc.pool.max-size=31")
			.run((context) -> {
				assertThat(context).hasSingleBean(ConnectionFactory.class);
				assertThat(context.getBean(DatabasePool.class).getMetrics())
					.hasValueSatisfying((pool) -> assertThat(pool.getMaxAllocatedSize()).isEqualTo(31));
			});
	}

	@Test
	void leavesAConnectionFactoryOfTheServiceAlone() {
		this.service
			.withBean(ConnectionFactory.class,
					() -> ConnectionFactories.get("r2dbc:postgresql://user:secret@127.0.0.1:1/own"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(ConnectionFactory.class)
				.doesNotHaveBean(DatabasePool.class));
	}

	@Test
	void opensConnectionsAsTheServiceCustomizesThem() {
		this.service.withPropertyValues("spring.r2dbc.pool.max-acquire-time=2s")
			.withBean(ConnectionFactoryOptionsBuilderCustomizer.class,
					() -> (builder) -> builder.option(ConnectionFactoryOptions.DRIVER, "none-such"))
			.run((context) -> assertThat(context).getFailure().hasMessageContaining("none-such"));
	}

	@Test
	void namesTheLimitThatIsMissing() {
		this.service.run((context) -> assertThat(context).getFailure()
			.rootCause()
			.hasMessage("spring.r2dbc.pool.max-acquire-time: null (expected: more than 0)"));
	}

}
