package com.banqup.invitations.dispatch.delivery.kafka;

import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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

	private final KafkaAvroDeserializer avro;

	private final ErrorHandlingDeserializer<Received> delegate;

	ReceivedDeserializer() {
		TrustedRecords.trust();
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
		return understood(this.delegate.deserialize(topic, data));
	}

	@Override
	public Received deserialize(String topic, Headers headers, byte[] data) {
		return understood(this.delegate.deserialize(topic, headers, data));
	}

	private static Received understood(@Nullable Received received) {
		return Objects.requireNonNull(received, "the function for failures always gives a value");
	}

	@Override
	public void close() {
		this.avro.close();
	}

	private Received failed(FailedDeserializationInfo failure) {
		byte[] bytes = failure.getData();
		Throwable ex = failure.getException();
		if (isRegistryUnavailable(ex)) {
			return new Received.Unreadable(rootCause(ex).toString());
		}
		if (bytes == null || bytes.length < HEADER_BYTES || bytes[0] != MAGIC) {
			return new Received.Undecodable(bytes, rootCause(ex).toString());
		}
		return failed(bytes, ex);
	}

	/** Bytes that are no record fail with I/O errors too: the registry itself decides. */
	private Received failed(byte[] bytes, Throwable ex) {
		try {
			ParsedSchema schema = this.avro.getSchemaById(ByteBuffer.wrap(bytes, 1, Integer.BYTES).getInt());
			return KNOWN_TYPES.contains(schema.name()) ? new Received.Undecodable(bytes, rootCause(ex).toString())
					: new Received.Unknown(schema.name());
		}
		catch (IOException unavailable) {
			return new Received.Unreadable(unavailable.toString());
		}
		catch (RestClientException answer) {
			return isTemporary(answer) ? new Received.Unreadable(answer.toString())
					: new Received.Undecodable(bytes, answer.toString());
		}
	}

	private static boolean isRegistryUnavailable(Throwable ex) {
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			if (cause instanceof RestClientException answer) {
				return isTemporary(answer);
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

	/** Also when we may not ask: that is no fault of the record. */
	private static boolean isTemporary(RestClientException answer) {
		return answer.getStatus() >= 500 || Set.of(401, 403, 408, 429).contains(answer.getStatus());
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
		public Received deserialize(String topic, byte @Nullable [] data) {
			if (data == null) {
				return new Received.Undecodable(null, "record without a value");
			}
			return new Received.Decoded(data, ReceivedDeserializer.this.avro.deserialize(topic, data));
		}

	}

}
