package com.banqup.invitations.acceptance.invitation.kafka;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;

import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class UnreadableValueTests {

	@Test
	void mayBecomeReadableWhenTheRegistryDidNotAnswer() {
		assertThat(because(new ConnectException("refused")).mayBecomeReadable()).isTrue();
		assertThat(because(new SocketTimeoutException("slow")).mayBecomeReadable()).isTrue();
	}

	@Test
	void mayBecomeReadableWhenTheRegistryFailedOrRefusedUs() {
		assertThat(new UnreadableValue(new DisconnectException("503")).mayBecomeReadable()).isTrue();
		assertThat(new UnreadableValue(new AuthorizationException("403")).mayBecomeReadable()).isTrue();
	}

	@Test
	void neverBecomesReadableWhenItsBytesAreWrong() {
		assertThat(because(new EOFException("ends too early")).mayBecomeReadable()).isFalse();
		assertThat(new UnreadableValue(new SerializationException("unknown magic byte")).mayBecomeReadable()).isFalse();
	}

	private static UnreadableValue because(Exception cause) {
		return new UnreadableValue(new SerializationException("Error deserializing Avro message for id 7", cause));
	}

}
