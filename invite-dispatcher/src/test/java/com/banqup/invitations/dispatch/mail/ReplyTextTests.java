package com.banqup.invitations.dispatch.mail;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReplyTextTests {

	@Test
	void keepsOneLineWithoutControlCharacters() {
		assertThat(ReplyText.sanitise(" 5.1.1 no\r\nsuch\tuser\u0000\u202e ")).isEqualTo("5.1.1 no such user");
	}

	@Test
	void hidesAddresses() {
		assertThat(ReplyText.sanitise("<jan.de.smet+x@mail.example>: unknown, see postmaster@relay.example"))
			.isEqualTo("<[address]>: unknown, see [address]");
	}

	@Test
	void boundsWhatARelayMaySay() {
		assertThat(ReplyText.sanitise("a b".repeat(1_000_000))).hasSize(ReplyText.MAX_LENGTH);
		assertThat(ReplyText.sanitise("@".repeat(1_000_000))).hasSizeLessThanOrEqualTo(ReplyText.MAX_LENGTH);
	}

}
