package com.banqup.invitations.dispatch.delivery.kafka;

import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

import javax.net.ssl.SSLException;

import com.banqup.invitations.schemas.TrustedRecords;
import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.confluent.kafka.serializers.KafkaAvroDeserializer;
import org.apache.avro.Schema;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

import org.springframework.kafka.support.serializer.ErrorHandlingDeserializer;
import org.springframework.kafka.support.serializer.FailedDeserializationInfo;

/**
 * Confluent's Avro deserializer, keeping the bytes, inside Spring's deserializer that
 * never fails. What went wrong decides what becomes of the record: a registry that cannot
 * be asked says nothing about the record, a type that we do not know is not for us, and
 * the rest can never be read.
 */
final class ReceivedDeserializer implements Deserializer<Received> {

	private static final byte MAGIC = 0;

	private static final int HEADER_BYTES = 5;

	private static final Set<String> KNOWN_TYPES = TrustedRecords.schemas()
		.stream()
		.map(Schema::getFullName)
		.collect(Collectors.toUnmodifiableSet());

	/** The registry's own code; the HTTP status alone may be anybody's. */
	private static final int SCHEMA_NOT_FOUND = 40403;

	private static final String INVALID_SCHEMA = "Invalid schema";

	/**
	 * A registry that does not answer costs each record seconds of the consumer's poll.
	 */
	private static final Duration PAUSE = Duration.ofSeconds(5);

	private static final Received STILL_UNREADABLE = new Received.Unreadable("not asked again yet");

	private final KafkaAvroDeserializer avro;

	private final LongSupplier nanoTime;

	/** Schemas that need not be asked for. */
	private final Set<Integer> knownSchemas = new HashSet<>();

	private @Nullable Long askAgainAt;

	private final ErrorHandlingDeserializer<Received> delegate;

	ReceivedDeserializer() {
		this(System::nanoTime);
	}

	ReceivedDeserializer(LongSupplier nanoTime) {
		TrustedRecords.trust();
		this.nanoTime = nanoTime;
		this.avro = new KafkaAvroDeserializer();
		this.delegate = new ErrorHandlingDeserializer<>(new KeepingBytes());
		this.delegate.setFailedDeserializationFunction(this::failed);
	}

	@Override
	public void configure(Map<String, ?> configs, boolean isKey) {
		this.avro.configure(configs, isKey);
	}

	@Override
	public Received deserialize(String topic, byte[] data) {
		return isPointless(data) ? STILL_UNREADABLE : understood(this.delegate.deserialize(topic, data));
	}

	@Override
	public Received deserialize(String topic, Headers headers, byte[] data) {
		return isPointless(data) ? STILL_UNREADABLE : understood(this.delegate.deserialize(topic, headers, data));
	}

	/** The registry did not answer a moment ago, and this record needs it. */
	private boolean isPointless(byte[] data) {
		return this.askAgainAt != null && this.nanoTime.getAsLong() - this.askAgainAt < 0 && hasSchemaId(data)
				&& !this.knownSchemas.contains(schemaId(data));
	}

	private static Received understood(@Nullable Received received) {
		return Objects.requireNonNull(received, "the function for failures always gives a value");
	}

	@Override
	public void close() {
		this.avro.close();
	}

	private Received failed(FailedDeserializationInfo failure) {
		byte[] bytes = Objects.requireNonNull(failure.getData(), "a record without a value comes here never");
		Throwable ex = failure.getException();
		if (isRegistryUnavailable(ex)) {
			return unreadable(rootCause(ex));
		}
		if (!hasSchemaId(bytes)) {
			return new Received.Undecodable(bytes, rootCause(ex).toString());
		}
		return failed(bytes, ex);
	}

	/** Bytes that are no record fail with I/O errors too: the registry itself decides. */
	private Received failed(byte[] bytes, Throwable ex) {
		try {
			ParsedSchema schema = this.avro.getSchemaById(schemaId(bytes));
			return KNOWN_TYPES.contains(schema.name()) ? new Received.Undecodable(bytes, rootCause(ex).toString())
					: new Received.Unknown(schema.name());
		}
		catch (RestClientException answer) {
			return isUnknownSchema(answer) ? new Received.Undecodable(bytes, answer.toString()) : unreadable(answer);
		}
		catch (IOException | RuntimeException failure) {
			return isInvalidSchema(rootCause(failure)) ? new Received.Undecodable(bytes, rootCause(failure).toString())
					: unreadable(failure);
		}
	}

	/** Also says so for a while without asking. */
	private Received unreadable(Throwable ex) {
		this.askAgainAt = this.nanoTime.getAsLong() + PAUSE.toNanos();
		return new Received.Unreadable(ex.toString());
	}

	private static boolean isRegistryUnavailable(Throwable ex) {
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			if (cause instanceof RestClientException answer) {
				return !isUnknownSchema(answer);
			}
			if (cause instanceof SocketException || cause instanceof SocketTimeoutException
					|| cause instanceof UnknownHostException || cause instanceof SSLException
					|| cause instanceof RetriableException || cause instanceof AuthenticationException
					|| cause instanceof AuthorizationException) {
				return true;
			}
		}
		return false;
	}

	/**
	 * The only refusal that says something about the record. Any other (a login, a
	 * proxy's page, a wrong path) is about how we ask.
	 */
	private static boolean isUnknownSchema(RestClientException answer) {
		return answer.getErrorCode() == SCHEMA_NOT_FOUND;
	}

	/**
	 * What Confluent's client says, and nothing but its words tells, when the registry
	 * gave it a schema that is no Avro schema.
	 */
	private static boolean isInvalidSchema(Throwable failure) {
		String message = failure.getMessage();
		return message != null && message.startsWith(INVALID_SCHEMA);
	}

	private static boolean hasSchemaId(byte[] bytes) {
		return bytes.length >= HEADER_BYTES && bytes[0] == MAGIC;
	}

	private static int schemaId(byte[] bytes) {
		return ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt();
	}

	private static Throwable rootCause(Throwable ex) {
		Throwable cause = ex;
		while (cause.getCause() != null && cause.getCause() != cause) {
			cause = cause.getCause();
		}
		return cause;
	}

	private final class KeepingBytes implements Deserializer<Received> {

		@Override
		public Received deserialize(String topic, byte[] data) {
			Object value = ReceivedDeserializer.this.avro.deserialize(topic, data);
			ReceivedDeserializer.this.knownSchemas.add(schemaId(data));
			return new Received.Decoded(data, value);
		}

	}

}
