package com.banqup.invitations.dispatch.lag.kafka;

import java.util.HashMap;
import java.util.Map;

import com.banqup.invitations.dispatch.lag.LagGauges;
import com.banqup.invitations.dispatch.lag.LagProperties;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;

/** Measures the lag of whatever this service consumes, and the other services. */
@Configuration(proxyBeanMethods = false)
class KafkaLagConfiguration {

	@Bean
	LagSampler lagSampler(LagGauges gauges, Map<String, ConcurrentMessageListenerContainer<?, ?>> containers,
			KafkaAdmin admin, ConsumerFactory<?, ?> consumerFactory, LagProperties properties) {
		Map<String, String> topicsByGroup = new HashMap<>();
		containers.values().forEach((container) -> {
			String[] topics = container.getContainerProperties().getTopics();
			String group = container.getGroupId();
			if (topics == null || topics.length != 1 || group == null) {
				throw new IllegalStateException("container %s: expected one topic and a group".formatted(container));
			}
			topicsByGroup.put(group, topics[0]);
		});
		properties.otherGroups().forEach((group, topic) -> {
			if (topicsByGroup.putIfAbsent(group, topic) != null) {
				throw new IllegalArgumentException(
						"dispatch.lag.other-groups: %s (expected: no group of this service)".formatted(group));
			}
		});
		return new LagSampler(gauges, topicsByGroup, admin.getConfigurationProperties(),
				consumerFactory.getConfigurationProperties(), properties);
	}

}
