package com.banqup.invitations.api.invitation.kafka;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.util.stream.Stream;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.kafka.support.serializer.SerializationUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class OnboardingEventReaderTests {

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final OnboardingEventReader reader = new OnboardingEventReader(this.meters);

	@ParameterizedTest
	@MethodSource
	void passesOverWhatWillNeverBeReadable(Exception failure) {
		assertThat(this.reader.read(undecodable(failure))).isEmpty();

		assertThat(counted("undecodable")).isEqualTo(1);
	}

	static Stream<Exception> passesOverWhatWillNeverBeReadable() {
		return Stream.of(new SerializationException("Unknown magic byte!"),
				new SerializationException("Error deserializing", new EOFException()),
				new SerializationException("No class", new ClassNotFoundException("LinkRemoved")),
				new SerializationException("No schema", new RestClientException("Not found", 404, 40403)));
	}

	@ParameterizedTest
	@MethodSource
	void asksToWaitWhenTheRegistryMayAnswerLater(Exception failure) {
		assertThatExceptionOfType(RegistryUnavailable.class).isThrownBy(() -> this.reader.read(undecodable(failure)))
			.withMessageContaining("onboarding-events-3@42");

		assertThat(counted("undecodable")).isZero();
	}

	static Stream<Exception> asksToWaitWhenTheRegistryMayAnswerLater() {
		return Stream.of(new SerializationException("Error", new ConnectException("refused")),
				new SerializationException("Error", new SocketTimeoutException()),
				new SerializationException("Error", new RestClientException("Down", 503, 50301)),
				new SerializationException("Error", new RestClientException("Who are you?", 401, 40101)),
				new TimeoutException("Slow"));
	}

	@Test
	void passesOverTombstones() {
		assertThat(this.reader.read(record())).isEmpty();
	}

	private double counted(String outcome) {
		return this.meters.counter("onboarding.events", "type", "none", "outcome", outcome).count();
	}

	private static ConsumerRecord<String, @Nullable Object> undecodable(Exception failure) {
		ConsumerRecord<String, @Nullable Object> record = record();
		SerializationUtils.deserializationException(record.headers(), new byte[0], failure, false);
		return record;
	}

	private static ConsumerRecord<String, @Nullable Object> record() {
		return new ConsumerRecord<>("onboarding-events", 3, 42, "key", null);
	}

}
