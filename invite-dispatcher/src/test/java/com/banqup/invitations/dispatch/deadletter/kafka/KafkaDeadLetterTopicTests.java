package com.banqup.invitations.dispatch.deadletter.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import com.banqup.invitations.dispatch.deadletter.DeadLetter;
import com.banqup.invitations.dispatch.deadletter.OriginalRecord;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

import org.springframework.kafka.core.DefaultKafkaProducerFactory;

import static org.assertj.core.api.Assertions.assertThat;

@NullUnmarked
class KafkaDeadLetterTopicTests {

	private final ManualProducer producer = new ManualProducer();

	private final KafkaDeadLetterTopic topic = new KafkaDeadLetterTopic(
			new DefaultKafkaProducerFactory<byte[], byte[]>(Map.of()) {
				@Override
				protected Producer<byte[], byte[]> createRawProducer(Map<String, Object> settings) {
					return KafkaDeadLetterTopicTests.this.producer;
				}
			});

	@Test
	void neverSendsOnTheThreadThatBringsTheBrokersRefusal() throws InterruptedException {
		CompletableFuture<Void> published = this.topic.publish(letter()).toFuture();
		assertThat(this.producer.nextSender()).isNotNull();
		Thread broker = new Thread(() -> this.producer.errorNext(new RecordTooLargeException("refused")));
		broker.start();

		assertThat(this.producer.nextSender()).as("sends the rest").isNotNull().isNotSameAs(broker);
		this.producer.completeNext();

		assertThat(published).succeedsWithin(Duration.ofSeconds(30));
		assertThat(this.producer.history().getLast().value()).isNull();
	}

	private static DeadLetter letter() {
		Instant now = Instant.parse("2026-03-01T09:00:00Z");
		return new DeadLetter(new OriginalRecord("invitation-requests", 1, 17, now, null, new byte[] { 1 }, List.of()),
				"undecodable", "detail", now);
	}

	/** Answers when it is told to; says who sent. */
	private static final class ManualProducer extends MockProducer<byte[], byte[]> {

		private final BlockingQueue<Thread> senders = new LinkedBlockingQueue<>();

		ManualProducer() {
			super(false, null, new ByteArraySerializer(), new ByteArraySerializer());
		}

		@Override
		public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> message, Callback callback) {
			Future<RecordMetadata> sent = super.send(message, callback);
			this.senders.add(Thread.currentThread());
			return sent;
		}

		Thread nextSender() throws InterruptedException {
			return this.senders.poll(30, TimeUnit.SECONDS);
		}

	}

}
