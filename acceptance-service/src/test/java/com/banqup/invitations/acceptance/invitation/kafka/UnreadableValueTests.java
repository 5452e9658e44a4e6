package com.banqup.invitations.acceptance.invitation.kafka;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;

import com.fasterxml.jackson.core.JsonParseException;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import org.apache.avro.InvalidNumberEncodingException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class UnreadableValueTests {

	private static final byte[] BYTES = { 0, 0, 0, 0, 7, 1 };

	@Test
	void mayBecomeReadableWhateverAnswersForTheRegistryButThatThereIsNoSuchSchema() {
		assertThat(because(new RestClientException("a proxy's page", 404, 404)).mayBecomeReadable()).isTrue();
		assertThat(because(new RestClientException("subject not found", 404, 40401)).mayBecomeReadable()).isTrue();
		assertThat(because(new RestClientException("log in", 302, 302)).mayBecomeReadable()).isTrue();
		assertThat(because(new JsonParseException(null, "not JSON")).mayBecomeReadable()).isTrue();
		assertThat(because(new RestClientException("schema not found", 404, 40403)).mayBecomeReadable()).isFalse();
	}

	@Test
	void mayBecomeReadableWhenTheRegistryDidNotAnswer() {
		assertThat(because(new ConnectException("refused")).mayBecomeReadable()).isTrue();
		assertThat(because(new SocketTimeoutException("slow")).mayBecomeReadable()).isTrue();
	}

	@Test
	void mayBecomeReadableWhenTheAnswerBrokeOff() {
		assertThat(because(new IOException("Premature EOF")).mayBecomeReadable()).isTrue();
	}

	@Test
	void mayBecomeReadableWhenTheRegistryFailedOrRefusedUs() {
		assertThat(new UnreadableValue(BYTES, new DisconnectException("503")).mayBecomeReadable()).isTrue();
		assertThat(new UnreadableValue(BYTES, new AuthorizationException("403")).mayBecomeReadable()).isTrue();
	}

	@Test
	void neverBecomesReadableWhenItsBytesAreWrong() {
		assertThat(because(new EOFException("ends too early")).mayBecomeReadable()).isFalse();
		assertThat(because(new InvalidNumberEncodingException("Invalid int encoding")).mayBecomeReadable()).isFalse();
		assertThat(new UnreadableValue(BYTES, new SerializationException("unknown magic byte")).mayBecomeReadable())
			.isFalse();
	}

	private static UnreadableValue because(Exception cause) {
		return new UnreadableValue(BYTES,
				new SerializationException("Error deserializing Avro message for id 7", cause));
	}

}
