package com.banqup.invitations.dispatch.deadletter.kafka;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

import com.banqup.invitations.dispatch.deadletter.DeadLetter;
import com.banqup.invitations.dispatch.deadletter.DeadLetterTopic;
import com.banqup.invitations.dispatch.deadletter.OriginalRecord;
import com.banqup.invitations.schemas.Topics;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.support.KafkaHeaders;
import org.springframework.kafka.support.SendResult;

/**
 * The dead letter topic. A record has the key, value and headers of the original; added
 * are the usual headers that say where it came from, and {@value #REASON}.
 */
public final class KafkaDeadLetterTopic implements DeadLetterTopic, AutoCloseable {

	/** Header: stable code of the reason, UTF-8. */
	public static final String REASON = "dead-letter-reason";

	/** Header: when it was given up, ISO 8601, UTF-8. */
	public static final String GIVEN_UP_AT = "dead-letter-at";

	/**
	 * Header: the value is left out because the record would be too large; how many bytes
	 * it has, UTF-8.
	 */
	public static final String OMITTED = "dead-letter-value-omitted";

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
		return Mono.defer(() -> send(producerRecord(letter)))
			.onErrorResume(KafkaDeadLetterTopic::isTooLarge, (ex) -> send(withoutValue(letter)))
			.then();
	}

	/** The producer may wait for metadata, and refusals come on its own thread. */
	private Mono<SendResult<byte[], byte[]>> send(ProducerRecord<byte[], byte[]> dead) {
		return Mono.fromFuture(() -> this.kafka.send(dead)).subscribeOn(Schedulers.boundedElastic());
	}

	private static boolean isTooLarge(Throwable thrown) {
		for (Throwable ex = thrown; ex != null; ex = ex.getCause()) {
			if (ex instanceof RecordTooLargeException) {
				return true;
			}
		}
		return false;
	}

	/** The original can be read where it came from, as long as it is kept there. */
	private static ProducerRecord<byte[], byte[]> withoutValue(DeadLetter letter) {
		ProducerRecord<byte[], byte[]> whole = producerRecord(letter);
		byte[] value = letter.record().value();
		whole.headers().add(OMITTED, utf8(Integer.toString((value != null) ? value.length : 0)));
		return new ProducerRecord<>(whole.topic(), null, whole.key(), null, whole.headers());
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
