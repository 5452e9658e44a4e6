package com.banqup.invitations.dispatch.delivery.kafka;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.banqup.invitations.dispatch.delivery.DeliverBatch;
import com.banqup.invitations.dispatch.delivery.Deliveries;
import com.banqup.invitations.dispatch.delivery.DeliveryProperties;
import com.banqup.invitations.dispatch.delivery.DeliveryProperties.LaneProperties;
import com.banqup.invitations.dispatch.delivery.Lane;
import com.banqup.invitations.dispatch.delivery.ShutdownNotice;
import com.banqup.invitations.outbox.Outbox;
import com.banqup.invitations.schemas.EncodedRecord;
import com.banqup.invitations.schemas.EncodedRecordDeserializer;
import com.banqup.invitations.schemas.Topics;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import reactor.core.publisher.Mono;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.ContainerProperties.AckMode;

/** The two lanes, apart from each other from the topic to the threads. */
@Configuration(proxyBeanMethods = false)
class KafkaDeliveryConfiguration {

	static final String INTERACTIVE_GROUP = "invite-dispatcher";

	static final String BULK_GROUP = "invite-dispatcher-bulk";

	@Bean
	OutboxDeliveryEvents deliveryEvents(Outbox outbox) {
		return new OutboxDeliveryEvents(outbox);
	}

	@Bean
	ConcurrentMessageListenerContainer<byte[], EncodedRecord> interactiveRequests(ConsumerFactory<?, ?> consumerFactory,
			Lane interactiveLane, DeliverBatch deliverBatch, Deliveries deliveries, InstantSource clock,
			DeliveryProperties properties, RequestConsumerProperties consumers, ShutdownNotice shutdownNotice) {
		return container(Topics.INVITATION_REQUESTS, INTERACTIVE_GROUP, consumerFactory, interactiveLane, deliverBatch,
				deliveries, clock, properties.interactive(), properties, consumers, shutdownNotice);
	}

	@Bean
	ConcurrentMessageListenerContainer<byte[], EncodedRecord> bulkRequests(ConsumerFactory<?, ?> consumerFactory,
			Lane bulkLane, DeliverBatch deliverBatch, Deliveries deliveries, InstantSource clock,
			DeliveryProperties properties, RequestConsumerProperties consumers, ShutdownNotice shutdownNotice) {
		return container(Topics.INVITATION_REQUESTS_BULK, BULK_GROUP, consumerFactory, bulkLane, deliverBatch,
				deliveries, clock, properties.bulk(), properties, consumers, shutdownNotice);
	}

	@Bean
	ConsumersHealthIndicator consumersHealthIndicator(
			List<ConcurrentMessageListenerContainer<byte[], EncodedRecord>> containers) {
		return new ConsumersHealthIndicator(containers);
	}

	private static ConcurrentMessageListenerContainer<byte[], EncodedRecord> container(String topic, String group,
			ConsumerFactory<?, ?> base, Lane lane, DeliverBatch deliverBatch, Deliveries deliveries,
			InstantSource clock, LaneProperties properties, DeliveryProperties delivery,
			RequestConsumerProperties consumers, ShutdownNotice shutdownNotice) {
		Duration batchTimeout = delivery.batchTimeout();
		ContainerProperties container = new ContainerProperties(topic);
		container.setGroupId(group);
		container.setClientId(group);
		container.setAckMode(AckMode.MANUAL);
		container.setMissingTopicsFatal(false);
		container.setAuthExceptionRetryInterval(consumers.authorizationRetry());
		container.setShutdownTimeout(batchTimeout.toMillis());
		container.setMessageListener(new InvitationRequestsListener(lane,
				(batch) -> deliverBatch.deliver(batch, properties.chunkSize(), properties.concurrency()),
				(useless) -> deliveries.giveUp(useless).timeout(delivery.recordTimeout()), new RequestRecords(clock),
				batchTimeout, (pause) -> Mono.delay(pause).takeUntilOther(shutdownNotice.given())));
		ConcurrentMessageListenerContainer<byte[], EncodedRecord> lanes = new ConcurrentMessageListenerContainer<>(
				consumerFactory(base, consumers, properties.batchSize(), batchTimeout), container);
		lanes.setConcurrency(properties.consumers());
		lanes.setBeanName(lane.name());
		return lanes;
	}

	private static ConsumerFactory<byte[], EncodedRecord> consumerFactory(ConsumerFactory<?, ?> base,
			RequestConsumerProperties properties, int batchSize, Duration batchTimeout) {
		Map<String, Object> settings = new HashMap<>(base.getConfigurationProperties());
		settings.remove(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG);
		settings.remove(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG);
		settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, batchSize);
		settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
				Math.toIntExact(properties.partitionFetch().toBytes()));
		settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, Math.toIntExact(properties.fetch().toBytes()));
		settings.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, Math.toIntExact(batchTimeout.toMillis() * 2));
		settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, Math.toIntExact(properties.sessionTimeout().toMillis()));
		settings.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, properties.metadataAge().toMillis());
		settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
		settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
		settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
		settings.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
		return new DefaultKafkaConsumerFactory<>(settings, ByteArrayDeserializer::new, EncodedRecordDeserializer::new);
	}

}
