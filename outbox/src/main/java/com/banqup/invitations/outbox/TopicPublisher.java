package com.banqup.invitations.outbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.serializers.KafkaAvroSerializer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static java.util.Objects.requireNonNull;

/**
 * Publishes the rows of one topic. Everything here blocks (on the registry, on metadata,
 * on a full buffer) and belongs on the topic's own thread.
 * <p>
 * The first failure that is Kafka's closes the producer on the spot, from its own thread:
 * what it holds and has not sent is dropped, and what it has sent after the failed batch
 * is refused by the broker for its sequence number. So nothing overtakes.
 */
final class TopicPublisher {

	private static final Logger log = LoggerFactory.getLogger(TopicPublisher.class);

	/**
	 * What the registry says about a record's schema: incompatible, invalid, or subject,
	 * version or schema not found (with registration switched off).
	 */
	private static final Set<Integer> FAULTS_OF_SCHEMAS = Set.of(409, 42201, 42202, 40401, 40402, 40403);

	private final String topic;

	private final PublisherSettings settings;

	private final RowDecoder decoder;

	private @Nullable KafkaAvroSerializer serializer;

	private volatile @Nullable Producer<String, byte[]> producer;

	TopicPublisher(String topic, PublisherSettings settings, StoredSchemas schemas) {
		this.topic = topic;
		this.settings = settings;
		this.decoder = new RowDecoder(schemas::find);
	}

	/** Hands the rows to Kafka without waiting for acknowledgements. */
	Transmission send(List<OutboxRow> rows) {
		Transmission transmission = new Transmission(rows);
		try {
			// One producer for the batch: a second one would let later rows pass a failed
			// one.
			Producer<String, byte[]> open = open();
			for (int i = 0; i < rows.size() && transmission.trouble() == null; i++) {
				if (transmission.mayFollow(rows.get(i))) {
					send(open, transmission, i);
				}
			}
		}
		catch (PublishingUnavailable ex) {
			transmission.troubled(ex);
		}
		finally {
			transmission.complete();
		}
		return transmission;
	}

	private void send(Producer<String, byte[]> open, Transmission transmission, int position)
			throws PublishingUnavailable {
		OutboxRow row = transmission.rows().get(position);
		byte[] value;
		try {
			value = serialize(this.decoder.decode(row));
		}
		catch (RowRejected ex) {
			transmission.rejected(position, ex);
			return;
		}
		transmission.handedOver();
		try {
			open.send(new ProducerRecord<>(this.topic, null, row.key(), value, headers(row)),
					(metadata, error) -> report(transmission, position, error));
		}
		catch (RuntimeException ex) {
			report(transmission, position, ex);
		}
	}

	private void report(Transmission transmission, int position, @Nullable Exception error) {
		if (error == null) {
			transmission.acknowledged(position);
		}
		else if (isFaultOfRecord(error)) {
			transmission.refused(position, error);
		}
		else {
			transmission.troubled(new PublishingUnavailable("Kafka: " + error.getMessage(), error));
			abort();
			transmission.failed();
		}
	}

	private static boolean isFaultOfRecord(Exception error) {
		return error instanceof RecordTooLargeException || error instanceof RecordBatchTooLargeException
				|| error instanceof InvalidRecordException || error instanceof InvalidTimestampException
				|| error instanceof InvalidTopicException || error instanceof SerializationException;
	}

	private static RecordHeaders headers(OutboxRow row) {
		RecordHeaders headers = new RecordHeaders();
		if (row.traceparent() != null) {
			headers.add(Outbox.TRACEPARENT, row.traceparent().getBytes(StandardCharsets.US_ASCII));
		}
		return headers;
	}

	private byte[] serialize(Object datum) throws RowRejected, PublishingUnavailable {
		try {
			return requireNonNull(this.serializer).serialize(this.topic, datum);
		}
		catch (RuntimeException ex) {
			if (isFaultOfRegistry(ex)) {
				throw new PublishingUnavailable("schema registry: " + ex.getMessage() + cause(ex), ex);
			}
			throw new RowRejected("cannot be serialized", ex);
		}
	}

	private static String cause(Throwable error) {
		return (error.getCause() != null) ? ", " + error.getCause().getMessage() : "";
	}

	/**
	 * The registry's answer decides if there is one: that the schema is incompatible,
	 * invalid or not to be found concerns the row; anything else the registry, the way to
	 * it or its load.
	 */
	static boolean isFaultOfRegistry(Throwable error) {
		for (Throwable each = error; each != null; each = each.getCause()) {
			if (each instanceof RestClientException answer) {
				return !FAULTS_OF_SCHEMAS.contains(answer.getErrorCode());
			}
			if (each instanceof IOException || each instanceof RetriableException) {
				return true;
			}
		}
		return false;
	}

	/** Drops everything that is not acknowledged; callable from any thread. */
	void abort() {
		Producer<String, byte[]> current = this.producer;
		this.producer = null;
		if (current != null) {
			current.close(Duration.ZERO);
		}
	}

	void close() {
		abort();
		if (this.serializer != null) {
			try {
				this.serializer.close();
			}
			catch (RuntimeException ex) {
				log.debug("Closing the serializer of topic {} failed", this.topic, ex);
			}
		}
	}

	private Producer<String, byte[]> open() throws PublishingUnavailable {
		try {
			if (this.serializer == null) {
				KafkaAvroSerializer created = new KafkaAvroSerializer();
				created.configure(this.settings.serializer(), false);
				this.serializer = created;
			}
			Producer<String, byte[]> current = this.producer;
			if (current == null) {
				current = new KafkaProducer<>(this.settings.producer());
				this.producer = current;
			}
			return current;
		}
		catch (RuntimeException ex) {
			throw new PublishingUnavailable("Kafka: " + ex.getMessage() + cause(ex), ex);
		}
	}

}
