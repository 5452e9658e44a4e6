package com.banqup.invitations.dispatch.lag.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import com.banqup.invitations.dispatch.lag.LagGauges;
import com.banqup.invitations.dispatch.lag.LagProperties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * Measures lag at an interval, on a thread and with connections of its own: it tells the
 * truth also when the consumers of this process are paused or dead.
 */
final class LagSampler implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(LagSampler.class);

	private final LagGauges gauges;

	private final Map<String, String> topicsByGroup;

	private final Map<String, Object> adminSettings;

	private final Map<String, Object> consumerSettings;

	private final LagProperties properties;

	private @Nullable Sampling sampling;

	LagSampler(LagGauges gauges, Map<String, String> topicsByGroup, Map<String, Object> adminSettings,
			Map<String, Object> consumerSettings, LagProperties properties) {
		this.gauges = gauges;
		this.topicsByGroup = topicsByGroup;
		this.adminSettings = adminSettings(adminSettings, properties);
		this.consumerSettings = consumerSettings(consumerSettings, properties);
		this.properties = properties;
	}

	private static Map<String, Object> adminSettings(Map<String, Object> base, LagProperties properties) {
		Map<String, Object> settings = new HashMap<>(base);
		int timeout = Math.toIntExact(properties.timeout().toMillis());
		settings.put(AdminClientConfig.CLIENT_ID_CONFIG, "lag-sampler");
		settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, timeout);
		settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, timeout);
		return settings;
	}

	private static Map<String, Object> consumerSettings(Map<String, Object> base, LagProperties properties) {
		Map<String, Object> settings = new HashMap<>(base);
		settings.keySet()
			.removeIf((key) -> key.equals(ConsumerConfig.GROUP_ID_CONFIG)
					|| key.equals(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG)
					|| key.equals(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG));
		settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "lag-sampler");
		settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
		settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
		settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
		settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 4096);
		settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(properties.timeout().toMillis()));
		return settings;
	}

	@Override
	public synchronized void start() {
		if (this.sampling == null) {
			this.sampling = new Sampling(this::connect, this.gauges);
			this.sampling.start();
		}
	}

	private Connections connect() {
		return new Connections(Admin.create(this.adminSettings),
				new KafkaConsumer<>(this.consumerSettings, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
	}

	@Override
	public void stop() {
		stop(() -> {
		});
	}

	@Override
	public synchronized void stop(Runnable callback) {
		Sampling current = this.sampling;
		this.sampling = null;
		if (current == null) {
			callback.run();
		}
		else {
			current.stop(callback);
		}
	}

	@Override
	public synchronized boolean isRunning() {
		return this.sampling != null;
	}

	/** Works on a thread of its own only; what it uses is closed there too. */
	private final class Sampling {

		private final ScheduledExecutorService thread = Executors
			.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("lag-sampler").daemon().factory());

		private final Supplier<Connections> connect;

		private final LagGauges gauges;

		private @Nullable Connections connections;

		private @Nullable BrokerLag lag;

		private final Set<String> refused = new HashSet<>();

		private int failures;

		Sampling(Supplier<Connections> connect, LagGauges gauges) {
			this.connect = connect;
			this.gauges = gauges;
		}

		void start() {
			this.thread.scheduleWithFixedDelay(this::run, 0, LagSampler.this.properties.interval().toMillis(),
					TimeUnit.MILLISECONDS);
		}

		/** Lets the current sample end, which it does in time. */
		void stop(Runnable callback) {
			this.thread.execute(() -> {
				close();
				callback.run();
			});
			this.thread.shutdown();
		}

		private void run() {
			try {
				LagSample sample = brokerLag().sample();
				this.gauges.update(sample.lags());
				this.failures = 0;
				tellChanges(sample.refusals());
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			catch (Exception ex) {
				failed(ex);
			}
		}

		private BrokerLag brokerLag() {
			if (this.lag == null) {
				this.connections = this.connect.get();
				this.lag = new BrokerLag(this.connections.admin(), this.connections.reader(),
						LagSampler.this.topicsByGroup, LagSampler.this.properties.timeout());
			}
			return this.lag;
		}

		/** Once when it begins and once when it ends, however often it is measured. */
		private void tellChanges(Map<String, ApiException> refusals) {
			refusals.forEach((group, refusal) -> {
				if (this.refused.add(group)) {
					log.warn("lag of group {} is not told by the brokers: {}", group, refusal.toString());
				}
			});
			this.refused.removeIf((group) -> {
				boolean over = !refusals.containsKey(group);
				if (over) {
					log.info("lag of group {} is told by the brokers again", group);
				}
				return over;
			});
		}

		private void failed(Exception ex) {
			this.failures++;
			if (this.failures == 1 || this.failures % 60 == 0) {
				log.warn("lag could not be measured, {} times in a row: {}", this.failures, ex.toString());
			}
		}

		private void close() {
			if (this.connections != null) {
				this.connections.close();
				this.connections = null;
				this.lag = null;
			}
		}

	}

	private record Connections(Admin admin, Consumer<byte[], byte[]> reader) {

		void close() {
			this.admin.close(Duration.ZERO);
			this.reader.close(CloseOptions.timeout(Duration.ZERO));
		}

	}

}
