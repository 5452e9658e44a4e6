package com.banqup.invitations.api.batch;

import java.util.Arrays;
import java.util.Optional;

/**
 * Why nobody was invited by a row, or why the mail of somebody who was is not asked for
 * again. The codes are stable, for programs.
 */
public enum RowReason {

	/** No JSON object or CSV record can be read. */
	MALFORMED(Kind.INVALID, "malformed", "The row cannot be read."),

	/** Not UTF-8. */
	INVALID_ENCODING(Kind.INVALID, "invalid-encoding", "The row is not in UTF-8."),

	/** Longer than a row can be. */
	LINE_TOO_LONG(Kind.INVALID, "line-too-long", "The row is too long."),

	/** A field that does not exist. */
	UNKNOWN_FIELD(Kind.INVALID, "unknown-field", "The row has a field that does not exist."),

	/** The reference of the row itself cannot be kept. */
	INVALID_ROW_REF(Kind.INVALID, "invalid-row-ref", "The row's reference is not valid."),

	/** No name. */
	MISSING_NAME(Kind.INVALID, "missing-name", "The client's name is missing."),

	/** A name with something in it that names do not have. */
	INVALID_NAME(Kind.INVALID, "invalid-name", "The client's name is not valid."),

	/** A name of too many characters. */
	NAME_TOO_LONG(Kind.INVALID, "name-too-long", "The client's name is too long."),

	/** No address. */
	MISSING_ADDRESS(Kind.INVALID, "missing-address", "The client's address is missing."),

	/** An address that no mail can be sent to. */
	INVALID_ADDRESS(Kind.INVALID, "invalid-address", "No mail can be sent to the client's address."),

	/** A language that mails are not written in. */
	INVALID_LANGUAGE(Kind.INVALID, "invalid-language", "The language is not one of en, nl, fr and de."),

	/** A reference that cannot be kept. */
	INVALID_EXTERNAL_REFERENCE(Kind.INVALID, "invalid-external-reference", "The external reference is not valid."),

	/** No VAT number. */
	INVALID_VAT_NUMBER(Kind.INVALID, "invalid-vat-number", "The VAT number is not valid."),

	/** No country. */
	INVALID_COUNTRY(Kind.INVALID, "invalid-country", "The country is not an ISO 3166-1 alpha-2 code."),

	/** A message with something in it that messages do not have. */
	INVALID_MESSAGE(Kind.INVALID, "invalid-message", "The message is not valid."),

	/** A message of too many characters. */
	MESSAGE_TOO_LONG(Kind.INVALID, "message-too-long", "The message is too long."),

	/** Something is wrong on our side with the row, or with what it is decided by. */
	NOT_DECIDED(Kind.INVALID, "not-decided",
			"This row could not be processed, for a reason on our side. Nothing is wrong with it: try it again later."),

	/** Another row of the batch names the same client. */
	DUPLICATE_IN_BATCH(Kind.SKIPPED, "duplicate-in-batch", "An earlier row names the same client."),

	/** The client is linked. */
	ALREADY_LINKED(Kind.SKIPPED, "already-linked", "The client is linked to the Partner Space."),

	/** An invitation is pending. */
	ALREADY_INVITED(Kind.SKIPPED, "already-invited", "An invitation is pending. It can be sent again."),

	/** The Partner Space has no such client. */
	UNKNOWN_CLIENT(Kind.SKIPPED, "unknown-client", "The Partner Space has no such client."),

	/** The client has the row's external reference and another address. */
	ADDRESS_DIFFERS(Kind.SKIPPED, "address-differs",
			"The client with this external reference has another address. Change the client, or the row."),

	/** The correction of an invited row is about somebody else. */
	NAMES_ANOTHER_CLIENT(Kind.INVITED, "names-another-client",
			"The correction names another client than the one that was invited by this row. Nothing was changed."),

	/** The partner ended the invitation, or has asked to. */
	REVOKED(Kind.INVITED, "revoked", "The invitation was revoked: its mail is not asked for again."),

	/** There is no next generation. */
	SENT_TOO_OFTEN(Kind.INVITED, "sent-too-often",
			"The invitation cannot be sent again. Revoke it, then invite the client again.");

	private final Kind kind;

	private final String code;

	private final String sentence;

	RowReason(Kind kind, String code, String sentence) {
		this.kind = kind;
		this.code = code;
		this.sentence = sentence;
	}

	/** The reason with this code, empty if there is none. */
	public static Optional<RowReason> ofCode(String code) {
		return Arrays.stream(values()).filter((reason) -> reason.code.equals(code)).findFirst();
	}

	/** Whether it is the row that is wrong. */
	public Kind kind() {
		return this.kind;
	}

	/** What becomes of rows for this reason. */
	public RowState state() {
		return switch (this.kind) {
			case INVALID -> RowState.INVALID;
			case SKIPPED -> RowState.SKIPPED;
			case INVITED -> RowState.INVITED;
		};
	}

	/** The stable code. */
	public String code() {
		return this.code;
	}

	/** The reason in words, for people. */
	public String sentence() {
		return this.sentence;
	}

	/** Kinds of reasons. */
	public enum Kind {

		/** The row itself has to be corrected. */
		INVALID,

		/** The row is fine; it is the client that is not to be invited. */
		SKIPPED,

		/** The client was invited; it is the mail that is not asked for again. */
		INVITED

	}

}
