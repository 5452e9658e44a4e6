package com.banqup.invitations.acceptance.invitation.kafka;

import java.io.EOFException;
import java.io.IOException;
import java.util.Objects;
import java.util.function.Function;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import org.apache.avro.InvalidNumberEncodingException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RetriableException;

import org.springframework.kafka.support.serializer.FailedDeserializationInfo;

/**
 * Stands for the value of a record that could not be decoded. Whether it ever can be
 * depends on why: a schema registry that does not answer, or that somebody else answers
 * for, says nothing about the record.
 *
 * @param bytes what could not be decoded
 * @param reason what the deserializer ran into
 */
record UnreadableValue(byte[] bytes, Exception reason) {

	/** The registry's own code; the HTTP status alone may be anybody's. */
	private static final int SCHEMA_NOT_FOUND = 40403;

	/** Whether the reason lies outside of the record and may pass. */
	boolean mayBecomeReadable() {
		if (this.reason instanceof NullPointerException) {
			// Confluent's client on an answer that is nothing: decoding wraps its own.
			return true;
		}
		for (Throwable cause = this.reason; cause != null; cause = cause.getCause()) {
			if (cause instanceof RestClientException answer) {
				return answer.getErrorCode() != SCHEMA_NOT_FOUND;
			}
			if (cause instanceof IOException failure) {
				return !isAboutTheBytes(failure);
			}
			if (cause instanceof RetriableException || cause instanceof AuthenticationException
					|| cause instanceof AuthorizationException) {
				return true;
			}
		}
		return false;
	}

	/** What Avro's decoder throws. */
	private static boolean isAboutTheBytes(IOException failure) {
		return failure instanceof EOFException || failure instanceof InvalidNumberEncodingException;
	}

	/** Named in the consumer's configuration; called instead of throwing. */
	public static class Factory implements Function<FailedDeserializationInfo, Object> {

		@Override
		public Object apply(FailedDeserializationInfo failure) {
			return new UnreadableValue(Objects.requireNonNull(failure.getData(), "data"), failure.getException());
		}

	}

}
