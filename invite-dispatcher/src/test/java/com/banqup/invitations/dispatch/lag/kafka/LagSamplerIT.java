package com.banqup.invitations.dispatch.lag.kafka;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import javax.management.ObjectName;

import com.banqup.invitations.devstack.Stack;
import com.banqup.invitations.dispatch.lag.LagGauges;
import com.banqup.invitations.dispatch.lag.LagProperties;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.CommonClientConfigs;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class LagSamplerIT {

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	@Test
	void closesItsConnectionsWhenItIsStoppedBetweenSamples() throws Exception {
		String topic = "sampled-" + UUID.randomUUID();
		Stack.shared().kafka().createTopic(topic, 1);
		Map<String, Object> settings = Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
				Stack.shared().kafka().bootstrapServers());
		LagSampler sampler = new LagSampler(new LagGauges(this.registry, InstantSource.system()),
				Map.of("group-" + topic, topic), settings, settings,
				new LagProperties(Duration.ofSeconds(2), Duration.ofSeconds(10)));
		sampler.start();
		await().atMost(Duration.ofSeconds(60))
			.until(() -> !this.registry.find("dispatch.consumer.lag.records").gauges().isEmpty());
		assertThat(isConnected("kafka.admin.client") && isConnected("kafka.consumer")).isTrue();
		CountDownLatch stopped = new CountDownLatch(1);

		sampler.stop(stopped::countDown);

		assertThat(stopped.await(60, TimeUnit.SECONDS)).isTrue();
		assertThat(isConnected("kafka.admin.client") || isConnected("kafka.consumer")).isFalse();
		assertThat(sampler.isRunning()).isFalse();
	}

	private static boolean isConnected(String client) throws Exception {
		return ManagementFactory.getPlatformMBeanServer()
			.isRegistered(new ObjectName(client + ":type=app-info,id=lag-sampler"));
	}

}
