package com.banqup.invitations.api.invitation.kafka;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.banqup.invitations.schemas.TrustedRecords;
import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * The value of a record as it stands in Kafka. It is decoded when the listener asks for
 * it, not while a batch is fetched: the first record whose schema the registry does not
 * hand out ends the batch, and the others do not each wait for a time limit.
 */
final class EncodedEvent {

	/** "Schema not found": the one refusal of the registry that is about the record. */
	private static final int SCHEMA_NOT_FOUND = 40403;

	/**
	 * What the client says, without a type of its own, of a schema that it cannot use; it
	 * says nearly the same of an answer whose schema is blank.
	 */
	private static final Pattern INVALID_SCHEMA = Pattern.compile("Invalid schema (?!\\s* with refs ).*",
			Pattern.DOTALL);

	private static final byte MAGIC = 0;

	private static final int HEADER_BYTES = 5;

	private static final Set<String> KNOWN_TYPES = TrustedRecords.schemas()
		.stream()
		.map(Schema::getFullName)
		.collect(Collectors.toUnmodifiableSet());

	private final KafkaAvroDeserializer avro;

	private final String topic;

	private final byte[] bytes;

	EncodedEvent(KafkaAvroDeserializer avro, String topic, byte[] bytes) {
		this.avro = avro;
		this.topic = topic;
		this.bytes = bytes;
	}

	byte[] bytes() {
		return this.bytes;
	}

	/**
	 * The record, null if it is of a type that this release does not know.
	 * @throws UndecodableEvent if nobody will ever be able to decode it
	 * @throws RegistryUnavailable if it may well be decodable later
	 */
	@Nullable Object decode() {
		return KNOWN_TYPES.contains(schemaName()) ? decodeKnown() : null;
	}

	private String schemaName() {
		ParsedSchema schema = schema();
		if (schema.rawSchema() == null) {
			// An answer without a schema: the client keeps it and would not ask again.
			this.avro.getSchemaRegistryClient().reset();
			throw new RegistryUnavailable("the registry answered without a schema", null);
		}
		if (schema.name() == null) {
			throw new UndecodableEvent("the schema is no record's", null);
		}
		return schema.name();
	}

	/**
	 * Asked for separately: whatever fails here is the registry's matter, whatever fails
	 * when the schema is there is the record's.
	 */
	private ParsedSchema schema() {
		if (this.bytes.length < HEADER_BYTES || this.bytes[0] != MAGIC) {
			throw new UndecodableEvent("not in the format of the schema registry's serializers", null);
		}
		try {
			return this.avro.getSchemaById(ByteBuffer.wrap(this.bytes, 1, Integer.BYTES).getInt());
		}
		catch (RestClientException ex) {
			if (ex.getErrorCode() == SCHEMA_NOT_FOUND) {
				throw new UndecodableEvent(ex.toString(), ex);
			}
			throw new RegistryUnavailable(ex.toString(), ex);
		}
		catch (IOException | RuntimeException ex) {
			if (isInvalidSchema(rootCause(ex))) {
				throw new UndecodableEvent("the registry's schema is none of Avro", ex);
			}
			throw new RegistryUnavailable(ex.toString(), ex);
		}
	}

	private static boolean isInvalidSchema(Throwable error) {
		String message = error.getMessage();
		return message != null && INVALID_SCHEMA.matcher(message).matches();
	}

	private Object decodeKnown() {
		try {
			return Objects.requireNonNull(this.avro.deserialize(this.topic, this.bytes));
		}
		catch (RuntimeException ex) {
			if (causes(ex).anyMatch(EncodedEvent::isOfTheRegistry)) {
				throw new RegistryUnavailable(ex.toString(), ex);
			}
			throw new UndecodableEvent(rootCause(ex).toString(), ex);
		}
	}

	private static boolean isOfTheRegistry(Throwable cause) {
		return cause instanceof RestClientException || cause instanceof RetriableException;
	}

	private static Throwable rootCause(Throwable error) {
		return causes(error).reduce((outer, inner) -> inner).orElseThrow();
	}

	private static Stream<Throwable> causes(Throwable error) {
		return Stream.iterate(error, (cause) -> cause != null, Throwable::getCause);
	}

	/** Hands the values over undecoded; each consumer has its own. */
	static final class ValueDeserializer implements Deserializer<EncodedEvent> {

		private final KafkaAvroDeserializer avro = new KafkaAvroDeserializer();

		@Override
		public void configure(Map<String, ?> configs, boolean isKey) {
			TrustedRecords.trust();
			this.avro.configure(configs, isKey);
		}

		@Override
		public @Nullable EncodedEvent deserialize(String topic, byte @Nullable [] data) {
			return (data != null) ? new EncodedEvent(this.avro, topic, data) : null;
		}

		@Override
		public void close() {
			this.avro.close();
		}

	}

}
