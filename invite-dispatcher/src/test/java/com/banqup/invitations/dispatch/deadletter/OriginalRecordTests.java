package com.banqup.invitations.dispatch.deadletter;

import java.time.Instant;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OriginalRecordTests {

	@Test
	void keepsHeadersInOrderWithoutChangingAByte() {
		List<RecordHeader> headers = List.of(new RecordHeader("a", new byte[] { 0, -1, 13, 10 }),
				new RecordHeader("é", null), new RecordHeader("a", new byte[0]));
		OriginalRecord record = new OriginalRecord("topic", 0, 1, Instant.EPOCH, null, null, headers);

		assertThat(OriginalRecord.headersOf(record.headerBytes())).usingRecursiveComparison().isEqualTo(headers);
	}

	@Test
	void keepsItsContentOutOfItsText() {
		OriginalRecord record = new OriginalRecord("topic", 2, 17, Instant.EPOCH, null, "secret".getBytes(), List.of());

		assertThat(record).hasToString("topic-2@17");
	}

}
