package com.banqup.invitations.api.batch.r2dbc;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import com.banqup.invitations.api.batch.BatchRow;
import com.banqup.invitations.api.batch.BatchRow.Content;
import com.banqup.invitations.api.batch.BatchRow.Corrected;
import com.banqup.invitations.api.batch.BatchRow.KnownClient;
import com.banqup.invitations.api.batch.BatchRow.NamedClient;
import com.banqup.invitations.api.batch.BatchRow.Undelivered;
import com.banqup.invitations.api.batch.BatchRow.Unusable;
import com.banqup.invitations.api.batch.FailedRows;
import com.banqup.invitations.api.batch.RowReason;
import com.banqup.invitations.api.batch.Undecided;
import com.banqup.invitations.api.client.ClientDetails;
import com.banqup.invitations.api.client.ClientId;
import com.banqup.invitations.api.client.EmailAddress;
import com.banqup.invitations.api.invitation.InvitationId;
import com.banqup.invitations.schemas.InviteeLanguage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class StoredRowsTests {

	private static final ClientId CLIENT = new ClientId(UUID.randomUUID());

	private static final NamedClient NAMED = new NamedClient(new ClientDetails("Café Zoë",
			EmailAddress.of("office@münchen.example"), InviteeLanguage.GERMAN, "K-1", "BE0123456789", "BE"), "Hello");

	private static final Unusable UNUSABLE = new Unusable(RowReason.MALFORMED, "not JSON");

	private static final Undelivered UNDELIVERED = new Undelivered(CLIENT, new InvitationId(UUID.randomUUID()));

	@ParameterizedTest
	@MethodSource("contents")
	void givesRowsBackAsTheyWere(Content content) {
		List<BatchRow> rows = List.of(new BatchRow(7, 9, "r", content), new BatchRow(8, 10, null, content));

		assertThat(StoredRows.decode(StoredRows.encode(rows))).isEqualTo(rows);
	}

	private static Stream<Content> contents() {
		return Stream.of(NAMED, UNUSABLE, new KnownClient(CLIENT), new KnownClient(CLIENT, "Hello"), UNDELIVERED,
				new Corrected(UNDELIVERED, NAMED), new Corrected(UNDELIVERED, UNUSABLE));
	}

	@Test
	void givesBackWhichFailedRowsComeAfterThem() {
		Undecided undecided = new Undecided(List.of(new BatchRow(7, 9, "r", NAMED)),
				new FailedRows(FailedRows.Kind.TOO_LATE, 12));

		assertThat(StoredRows.decodeChunk(StoredRows.encode(undecided))).isEqualTo(undecided);
	}

	@Test
	void readsChunksThatWereStoredBeforeThereWereMoreKinds() {
		byte[] stored = "{\"rows\":[],\"failed\":\"SKIPPED\",\"after\":3}".getBytes(StandardCharsets.UTF_8);

		assertThat(StoredRows.decodeChunk(stored))
			.isEqualTo(new Undecided(List.of(), new FailedRows(FailedRows.Kind.SKIPPED, 3)));
	}

}
