package com.banqup.invitations.outbox;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

import com.banqup.invitations.events.InvitationSent;
import com.banqup.invitations.schemas.Topics;
import com.banqup.invitations.schemas.TrustedRecords;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RowDecoderTests {

	private static final Schema SCHEMA = InvitationSent.getClassSchema();

	private static final long FINGERPRINT = StoredSchemas.fingerprint(SCHEMA);

	private final RowDecoder decoder = new RowDecoder(Map.of(FINGERPRINT, SCHEMA)::get);

	private final String encoded = encode(Records.sent(7));

	@Test
	void decodesWhatTheEncoderWrote() throws RowRejected {
		Object decoded = this.decoder.decode(row(this.encoded));

		assertThat(decoded).isInstanceOfSatisfying(GenericRecord.class,
				(generic) -> assertThat(generic.get("attempts")).isEqualTo(7));
	}

	@Test
	void findsTheFingerprintsOfRows() {
		assertThat(RowDecoder.fingerprints(List.of(row(this.encoded), row("00"), row(this.encoded))))
			.containsExactly(FINGERPRINT);
	}

	@Test
	void rejectsARecordOfAnUnknownSchema() {
		RowDecoder ignorant = new RowDecoder((fingerprint) -> null);

		assertThatExceptionOfType(RowRejected.class).isThrownBy(() -> ignorant.decode(row(this.encoded)))
			.withMessageContaining("unknown schema, fingerprint " + Long.toHexString(FINGERPRINT));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "c3", "c301", "c3010011223344556", "ffffffffffffffffffffffffff" })
	void rejectsWhatIsNoSingleObject(String payload) {
		assertThatExceptionOfType(RowRejected.class).isThrownBy(() -> this.decoder.decode(row(payload)))
			.withMessageContaining("not in Avro's single-object encoding");
	}

	@Test
	void rejectsARecordThatWasCutOffOrGoesOn() {
		String shorter = this.encoded.substring(0, this.encoded.length() - 2);

		assertThatExceptionOfType(RowRejected.class).isThrownBy(() -> this.decoder.decode(row(shorter)));
		assertThatExceptionOfType(RowRejected.class).isThrownBy(() -> this.decoder.decode(row(this.encoded + "00")));
	}

	@Test
	void goesOnAfterARejectedRow() throws RowRejected {
		assertThatExceptionOfType(RowRejected.class)
			.isThrownBy(() -> this.decoder.decode(row(this.encoded.substring(0, 40))));

		assertThat(this.decoder.decode(row(this.encoded))).isNotNull();
	}

	private static String encode(InvitationSent record) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		new RowEncoder(TrustedRecords.schemas(), 1000)
			.encode(new OutboxMessage(Topics.ONBOARDING_EVENTS, "key", record), bytes);
		return HexFormat.of().formatHex(bytes.toByteArray());
	}

	private static OutboxRow row(String payload) {
		return new OutboxRow(1, "key", payload, null, 0);
	}

}
