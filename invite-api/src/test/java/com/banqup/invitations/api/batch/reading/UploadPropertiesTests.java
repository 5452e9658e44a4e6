package com.banqup.invitations.api.batch.reading;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class UploadPropertiesTests {

	private static void properties(DataSize maxSize, DataSize maxLine, Duration idleTimeout, DataSize minRate) {
		new UploadProperties(1, maxSize, maxLine, idleTimeout, minRate, Duration.ofSeconds(2), 1);
	}

	@Test
	void sayWhatDoesNotFitTogether() {
		DataSize kilobyte = DataSize.ofKilobytes(1);
		DataSize line = DataSize.ofKilobytes(64);
		DataSize size = DataSize.ofMegabytes(512);
		Duration second = Duration.ofSeconds(1);

		assertThatIllegalArgumentException().isThrownBy(() -> properties(kilobyte, line, second, kilobyte))
			.withMessage("invite.batches.upload.max-size: 1024B (expected: at least max-line, 65536B)");
		assertThatIllegalArgumentException().isThrownBy(() -> properties(size, kilobyte, second, kilobyte))
			.withMessageStartingWith("invite.batches.upload.max-line: 1024B (expected: ");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> properties(size, DataSize.ofMegabytes(17), second, kilobyte))
			.withMessageStartingWith("invite.batches.upload.max-line: ");
		assertThatIllegalArgumentException().isThrownBy(() -> properties(size, line, Duration.ZERO, kilobyte))
			.withMessageStartingWith("invite.batches.upload.idle-timeout: ");
		assertThatIllegalArgumentException().isThrownBy(() -> properties(size, line, second, DataSize.ofBytes(-1)))
			.withMessageStartingWith("invite.batches.upload.min-rate: ");
		assertThatIllegalArgumentException().isThrownBy(() -> properties(size, line, Duration.ofSeconds(3), kilobyte))
			.withMessage("invite.batches.upload.longest: PT2S (expected: at least idle-timeout, PT3S)");
	}

}
