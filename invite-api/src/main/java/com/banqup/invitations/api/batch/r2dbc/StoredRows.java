package com.banqup.invitations.api.batch.r2dbc;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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
import com.banqup.invitations.api.batch.BatchRow.Uploaded;
import com.banqup.invitations.api.batch.FailedRows;
import com.banqup.invitations.api.batch.RowReason;
import com.banqup.invitations.api.batch.Undecided;
import com.banqup.invitations.api.client.ClientDetails;
import com.banqup.invitations.api.client.ClientId;
import com.banqup.invitations.api.client.ClientSelection;
import com.banqup.invitations.api.client.EmailAddress;
import com.banqup.invitations.api.invitation.InvitationId;
import com.banqup.invitations.schemas.InviteeLanguage;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import static java.util.Objects.requireNonNull;

/**
 * Rows as they are stored: JSON with short names. The same rows are always the same
 * bytes.
 */
final class StoredRows {

	/** Of its own: what the API's JSON looks like may change. */
	private static final JsonMapper JSON = JsonMapper.builder()
		.changeDefaultPropertyInclusion((inclusion) -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
		.build();

	private StoredRows() {
	}

	static byte[] encode(List<BatchRow> rows) {
		return JSON.writeValueAsBytes(stored(rows));
	}

	static byte[] encode(Undecided undecided) {
		FailedRows failed = undecided.failed();
		return (failed == null) ? encode(undecided.rows())
				: JSON.writeValueAsBytes(new StoredChunk(stored(undecided.rows()), failed.kind(), failed.after()));
	}

	private static StoredRow[] stored(List<BatchRow> rows) {
		return rows.stream().map(StoredRow::of).toArray(StoredRow[]::new);
	}

	/** The rows alone. */
	static List<BatchRow> decode(byte[] content) {
		return decodeChunk(content).rows();
	}

	static Undecided decodeChunk(byte[] content) {
		if (content[0] == '[') {
			return new Undecided(rows(JSON.readValue(content, StoredRow[].class)), null);
		}
		StoredChunk chunk = JSON.readValue(content, StoredChunk.class);
		return new Undecided(rows(chunk.rows()), new FailedRows(chunk.failed(), chunk.after()));
	}

	private static List<BatchRow> rows(StoredRow[] stored) {
		return Stream.of(stored).map(StoredRow::row).toList();
	}

	static byte[] digest(ClientSelection selection) {
		return digest(JSON.writeValueAsBytes(selection));
	}

	static byte[] digest(byte[] content) {
		try {
			return MessageDigest.getInstance("SHA-256").digest(content);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Rows, and which of those that failed are decided after them. */
	@JsonPropertyOrder({ "rows", "failed", "after" })
	record StoredChunk(StoredRow[] rows, FailedRows.Kind failed, int after) {
	}

	/**
	 * A row; {@code c}, {@code k} or {@code x} is what it says, together with {@code i}
	 * what corrects it.
	 */
	@JsonPropertyOrder({ "n", "l", "r", "c", "m", "k", "i", "x", "d" })
	record StoredRow(int n, int l, @Nullable String r, @Nullable StoredClient c, @Nullable String m, @Nullable UUID k,
			@Nullable UUID i, @Nullable String x, @Nullable String d) {

		static StoredRow of(BatchRow row) {
			return switch (row.content()) {
				case NamedClient named -> new StoredRow(row.number(), row.line(), row.rowRef(),
						StoredClient.of(named.details()), named.message(), null, null, null, null);
				case KnownClient known -> new StoredRow(row.number(), row.line(), row.rowRef(), null, known.message(),
						known.clientId().value(), null, null, null);
				case Undelivered undelivered -> new StoredRow(row.number(), row.line(), row.rowRef(), null, null,
						undelivered.clientId().value(), undelivered.invitationId().value(), null, null);
				case Corrected corrected ->
					of(new BatchRow(row.number(), row.line(), row.rowRef(), corrected.correction()))
						.about(corrected.invited());
				case Unusable unusable -> new StoredRow(row.number(), row.line(), row.rowRef(), null, null, null, null,
						unusable.reason().code(), unusable.detail());
			};
		}

		private StoredRow about(Undelivered invited) {
			return new StoredRow(this.n, this.l, this.r, this.c, this.m, invited.clientId().value(),
					invited.invitationId().value(), this.x, this.d);
		}

		BatchRow row() {
			return new BatchRow(this.n, this.l, this.r, content());
		}

		private Content content() {
			boolean uploaded = this.c != null || this.x != null;
			if (this.k == null) {
				return uploaded();
			}
			ClientId clientId = new ClientId(this.k);
			if (this.i == null) {
				return new KnownClient(clientId, this.m);
			}
			Undelivered invited = new Undelivered(clientId, new InvitationId(this.i));
			return uploaded ? new Corrected(invited, uploaded()) : invited;
		}

		private Uploaded uploaded() {
			return (this.c != null) ? new NamedClient(this.c.details(), this.m)
					: new Unusable(RowReason.ofCode(requireNonNull(this.x)).orElseThrow(), requireNonNull(this.d));
		}

	}

	/** A client. */
	@JsonPropertyOrder({ "n", "e", "a", "l", "r", "v", "c" })
	record StoredClient(String n, String e, @Nullable String a, @Nullable String l, @Nullable String r,
			@Nullable String v, @Nullable String c) {

		static StoredClient of(ClientDetails details) {
			EmailAddress email = details.email();
			InviteeLanguage language = details.language();
			return new StoredClient(details.name(), email.given(),
					email.ascii().equals(email.given()) ? null : email.ascii(),
					(language != null) ? language.code() : null, details.externalReference(), details.vatNumber(),
					details.country());
		}

		ClientDetails details() {
			return new ClientDetails(this.n, new EmailAddress(this.e, (this.a != null) ? this.a : this.e),
					(this.l != null) ? InviteeLanguage.ofCode(this.l).orElseThrow() : null, this.r, this.v, this.c);
		}

	}

}
