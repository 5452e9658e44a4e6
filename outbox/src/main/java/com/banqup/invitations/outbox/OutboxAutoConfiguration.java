package com.banqup.invitations.outbox;

import com.banqup.invitations.schemas.TrustedRecords;
import io.r2dbc.spi.ConnectionFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.context.annotation.Bean;

/** Provides the {@link Outbox} to services that have an R2DBC database. */
@AutoConfiguration(after = { R2dbcAutoConfiguration.class, KafkaAutoConfiguration.class })
@ConditionalOnBean(ConnectionFactory.class)
@EnableConfigurationProperties(OutboxProperties.class)
class OutboxAutoConfiguration {

	OutboxAutoConfiguration() {
		TrustedRecords.trust();
	}

	@Bean
	Outbox outbox(ConnectionFactory connectionFactory, OutboxProperties properties) {
		return new Outbox(connectionFactory,
				new RowEncoder(TrustedRecords.schemas(), properties.maxPayload().toBytes()), () -> {
				});
	}

}
