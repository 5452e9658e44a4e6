package com.banqup.invitations.outbox;

import java.io.IOException;

import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class TopicPublisherTests {

	@ParameterizedTest
	@CsvSource({ "409, 409", "422, 42201", "422, 42202", "404, 40401", "404, 40402", "404, 40403" })
	void blamesTheRowForWhatTheRegistrySaysOfItsSchema(int status, int code) {
		assertThat(TopicPublisher.isFaultOfRegistry(answer(status, code))).isFalse();
	}

	/** 50005 stands for an answer that is not the registry's own: a proxy's page. */
	@ParameterizedTest
	@CsvSource({ "422, 42203", "422, 42205", "422, 50005", "409, 50005", "404, 50005", "404, 404", "401, 40101",
			"429, 42901", "500, 50001", "503, 50005" })
	void blamesTheRegistryForEverythingElse(int status, int code) {
		assertThat(TopicPublisher.isFaultOfRegistry(answer(status, code))).isTrue();
	}

	@Test
	void blamesTheWayToTheRegistry() {
		assertThat(TopicPublisher.isFaultOfRegistry(new SerializationException("Error", new IOException("refused"))))
			.isTrue();
		assertThat(TopicPublisher.isFaultOfRegistry(new TimeoutException("slow"))).isTrue();
	}

	@Test
	void blamesTheRowIfNobodyElseIsInvolved() {
		assertThat(TopicPublisher.isFaultOfRegistry(new SerializationException("Error", new ClassCastException())))
			.isFalse();
	}

	private static Throwable answer(int status, int code) {
		return new SerializationException("Error", new RestClientException("Refused", status, code));
	}

}
