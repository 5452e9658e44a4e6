package com.banqup.invitations.dispatch.deadletter.kafka;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import com.banqup.invitations.dispatch.deadletter.DeadLetter;
import com.banqup.invitations.dispatch.deadletter.DeadLetterTopic;
import com.banqup.invitations.dispatch.deadletter.OriginalRecord;
import com.banqup.invitations.schemas.Topics;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.support.KafkaHeaders;

/**
 * The dead letter topic. A record has the key, value and headers of the original; added
 * are the usual headers that say where it came from, and {@value #REASON}.
 */
public final class KafkaDeadLetterTopic implements DeadLetterTopic, AutoCloseable {

	/** Header: stable code of the reason, UTF-8. */
	public static final String REASON = "dead-letter-reason";

	/** Header: when it was given up, ISO 8601, UTF-8. */
	public static final String GIVEN_UP_AT = "dead-letter-at";

	private final DefaultKafkaProducerFactory<byte[], byte[]> producers;

	private final KafkaTemplate<byte[], byte[]> kafka;

	/**
	 * Creates it.
	 * @param producers gives producers that wait for all replicas; closed with this
	 */
	public KafkaDeadLetterTopic(DefaultKafkaProducerFactory<byte[], byte[]> producers) {
		this.producers = producers;
		this.kafka = new KafkaTemplate<>(producers);
	}

	@Override
	public void close() {
		this.producers.destroy();
	}

	@Override
	public Mono<Void> publish(DeadLetter letter) {
		return Mono.defer(() -> Mono.fromFuture(this.kafka.send(producerRecord(letter))))
			.subscribeOn(Schedulers.boundedElastic()) // the producer may wait for
														// metadata
			.then();
	}

	private static ProducerRecord<byte[], byte[]> producerRecord(DeadLetter letter) {
		OriginalRecord original = letter.record();
		ProducerRecord<byte[], byte[]> dead = new ProducerRecord<>(Topics.INVITATION_REQUESTS_DEAD_LETTERS, null,
				original.key(), original.value());
		Headers headers = dead.headers();
		original.headers().forEach((header) -> headers.add(header.name(), header.value()));
		headers.add(REASON, utf8(letter.reasonCode()));
		headers.add(GIVEN_UP_AT, utf8(letter.at().toString()));
		headers.add(KafkaHeaders.DLT_EXCEPTION_MESSAGE, utf8(letter.detail()));
		headers.add(KafkaHeaders.DLT_ORIGINAL_TOPIC, utf8(original.topic()));
		headers.add(KafkaHeaders.DLT_ORIGINAL_PARTITION,
				ByteBuffer.allocate(Integer.BYTES).putInt(original.partition()).array());
		headers.add(KafkaHeaders.DLT_ORIGINAL_OFFSET,
				ByteBuffer.allocate(Long.BYTES).putLong(original.offset()).array());
		headers.add(KafkaHeaders.DLT_ORIGINAL_TIMESTAMP,
				ByteBuffer.allocate(Long.BYTES).putLong(original.timestamp().toEpochMilli()).array());
		return dead;
	}

	private static byte[] utf8(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
