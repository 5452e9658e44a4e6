package com.banqup.invitations.outbox;

import java.util.Map;

import com.banqup.invitations.schemas.TrustedRecords;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.r2dbc.spi.ConnectionFactory;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.SslConfigs;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.boot.kafka.autoconfigure.SslBundleSslEngineFactory;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.context.annotation.Bean;
import org.springframework.util.StringUtils;

/**
 * Provides the {@link Outbox} and its relay to services that have an R2DBC database with
 * the tables of {@code classpath:db/outbox}. The relay takes {@code spring.kafka.*} and
 * has producers of its own.
 */
@AutoConfiguration(after = { R2dbcAutoConfiguration.class, KafkaAutoConfiguration.class })
@ConditionalOnBean(ConnectionFactory.class)
@EnableConfigurationProperties(OutboxProperties.class)
class OutboxAutoConfiguration {

	OutboxAutoConfiguration() {
		TrustedRecords.trust();
	}

	@Bean
	Outbox outbox(ConnectionFactory connectionFactory, RelayAnnouncements announcements, OutboxProperties properties) {
		return new Outbox(connectionFactory,
				new RowEncoder(TrustedRecords.schemas(), properties.maxPayload().toBytes()), announcements);
	}

	@Bean
	RelayAnnouncements outboxAnnouncements(ConnectionFactory connectionFactory, OutboxProperties properties) {
		return new RelayAnnouncements(connectionFactory, properties.statementTimeout());
	}

	@Bean
	StoredSchemas outboxSchemas(ConnectionFactory connectionFactory, OutboxProperties properties) {
		return new StoredSchemas(TrustedRecords.schemas(), connectionFactory, properties.statementTimeout(),
				properties.startupTimeout());
	}

	@Bean
	OutboxMetrics outboxMetrics(ObjectProvider<MeterRegistry> registry) {
		return new OutboxMetrics(registry.getIfAvailable(SimpleMeterRegistry::new));
	}

	@Bean
	OutboxSampler outboxSampler(ConnectionFactory connectionFactory, OutboxMetrics metrics,
			OutboxProperties properties) {
		return new OutboxSampler(connectionFactory, metrics, properties);
	}

	@Bean
	@ConditionalOnBooleanProperty(name = "outbox.enabled", matchIfMissing = true)
	OutboxRelay outboxRelay(ConnectionFactory connectionFactory, RelayAnnouncements announcements,
			StoredSchemas schemas, KafkaProperties kafka, KafkaConnectionDetails connection,
			OutboxProperties properties, OutboxMetrics metrics) {
		return new OutboxRelay(connectionFactory, announcements, schemas,
				PublisherSettings.of(producerSettings(kafka, connection), properties.sendTimeout()), properties,
				metrics);
	}

	/** As Spring Boot makes them for its own producer factory. */
	private static Map<String, Object> producerSettings(KafkaProperties kafka, KafkaConnectionDetails connection) {
		KafkaConnectionDetails.Configuration producer = connection.getProducer();
		Map<String, Object> settings = kafka.buildProducerProperties();
		settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, producer.getBootstrapServers());
		if (StringUtils.hasLength(producer.getSecurityProtocol())) {
			settings.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, producer.getSecurityProtocol());
		}
		SslBundle sslBundle = producer.getSslBundle();
		if (sslBundle != null) {
			settings.put(SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG, SslBundleSslEngineFactory.class);
			settings.put(SslBundle.class.getName(), sslBundle);
		}
		return settings;
	}

}
