package com.banqup.invitations.api.batch.reading;

import com.banqup.invitations.api.batch.BatchRow;
import com.banqup.invitations.api.batch.BatchRow.NamedClient;
import com.banqup.invitations.api.batch.BatchRow.Unusable;
import com.banqup.invitations.api.batch.RowReason;
import com.banqup.invitations.api.client.ClientDetails;
import com.banqup.invitations.api.client.EmailAddress;
import com.banqup.invitations.api.client.InvalidEmailAddress;
import com.banqup.invitations.api.client.VatNumber;
import com.banqup.invitations.api.text.Countries;
import com.banqup.invitations.api.text.Languages;
import com.banqup.invitations.api.text.PlainText;
import com.banqup.invitations.api.text.TextProblem;
import com.banqup.invitations.schemas.InviteeLanguage;
import org.jspecify.annotations.Nullable;

/**
 * Makes rows of fields by the rules that hold for clients and messages everywhere. The
 * first field that breaks one decides what is said of the row.
 */
final class RowRules {

	private RowRules() {
	}

	/** The row with these fields. */
	static BatchRow row(int number, int line, RowFields fields) {
		try {
			return new BatchRow(number, line, rowRef(fields), client(fields));
		}
		catch (BrokenRule ex) {
			return unusable(number, line, fields, new Unusable(ex.reason, ex.detail));
		}
	}

	/** The row that cannot be used, called what these fields call it. */
	static BatchRow unusable(int number, int line, RowFields fields, Unusable unusable) {
		String given = fields.get(Field.ROW_REF);
		String rowRef = (given != null && TextProblem.ofLine(given, BatchRow.MAX_ROW_REF) == null)
				? PlainText.line(given) : null;
		return new BatchRow(number, line, rowRef, unusable);
	}

	private static @Nullable String rowRef(RowFields fields) {
		return line(fields, Field.ROW_REF, BatchRow.MAX_ROW_REF, RowReason.INVALID_ROW_REF, RowReason.INVALID_ROW_REF);
	}

	private static NamedClient client(RowFields fields) {
		String name = name(fields);
		EmailAddress email = email(fields);
		InviteeLanguage language = language(fields);
		String externalReference = line(fields, Field.EXTERNAL_REFERENCE, PlainText.MAX_REFERENCE,
				RowReason.INVALID_EXTERNAL_REFERENCE, RowReason.INVALID_EXTERNAL_REFERENCE);
		String vatNumber = vatNumber(fields);
		String country = country(fields);
		return new NamedClient(new ClientDetails(name, email, language, externalReference, vatNumber, country),
				message(fields));
	}

	private static String name(RowFields fields) {
		String name = line(fields, Field.NAME, PlainText.MAX_NAME, RowReason.INVALID_NAME, RowReason.NAME_TOO_LONG);
		if (name == null) {
			throw new BrokenRule(RowReason.MISSING_NAME, Field.NAME, ClientDetails.NAME_EXPECTED);
		}
		return name;
	}

	private static EmailAddress email(RowFields fields) {
		String text = fields.get(Field.EMAIL);
		if (text == null || PlainText.line(text).isEmpty()) {
			throw new BrokenRule(RowReason.MISSING_ADDRESS, Field.EMAIL, ClientDetails.EMAIL_EXPECTED);
		}
		try {
			return EmailAddress.of(text);
		}
		catch (InvalidEmailAddress ex) {
			throw new BrokenRule(RowReason.INVALID_ADDRESS, Field.EMAIL, String.valueOf(ex.getMessage()));
		}
	}

	private static @Nullable InviteeLanguage language(RowFields fields) {
		String text = fields.get(Field.LANGUAGE);
		return (text == null) ? null : InviteeLanguage.ofCode(Languages.code(text))
			.orElseThrow(() -> new BrokenRule(RowReason.INVALID_LANGUAGE, Field.LANGUAGE, Languages.EXPECTED));
	}

	private static @Nullable String vatNumber(RowFields fields) {
		String text = fields.get(Field.VAT_NUMBER);
		String line = (text != null) ? PlainText.line(text) : null;
		if (line != null && !VatNumber.matches(line)) {
			throw new BrokenRule(RowReason.INVALID_VAT_NUMBER, Field.VAT_NUMBER, VatNumber.EXPECTED);
		}
		return line;
	}

	private static @Nullable String country(RowFields fields) {
		String text = fields.get(Field.COUNTRY);
		String code = (text != null) ? Countries.code(text) : null;
		if (code != null && !Countries.haveCode(code)) {
			throw new BrokenRule(RowReason.INVALID_COUNTRY, Field.COUNTRY, Countries.EXPECTED);
		}
		return code;
	}

	private static @Nullable String message(RowFields fields) {
		String text = fields.get(Field.MESSAGE);
		if (text == null) {
			return null;
		}
		TextProblem problem = TextProblem.ofLines(text, PlainText.MAX_MESSAGE);
		if (problem != null) {
			boolean tooLong = problem.kind() == TextProblem.Kind.TOO_LONG;
			throw new BrokenRule(tooLong ? RowReason.MESSAGE_TOO_LONG : RowReason.INVALID_MESSAGE, Field.MESSAGE,
					problem.message());
		}
		String words = PlainText.lines(text);
		return words.isEmpty() ? null : words;
	}

	private static @Nullable String line(RowFields fields, Field field, int max, RowReason invalid, RowReason tooLong) {
		String text = fields.get(field);
		if (text == null) {
			return null;
		}
		TextProblem problem = TextProblem.ofLine(text, max);
		if (problem == null) {
			return PlainText.line(text);
		}
		RowReason reason = switch (problem.kind()) {
			case BLANK -> (field == Field.NAME) ? RowReason.MISSING_NAME : invalid;
			case TOO_LONG -> tooLong;
			case INVALID -> invalid;
		};
		throw new BrokenRule(reason, field, problem.message());
	}

	/**
	 * A field that breaks a rule. Thrown and caught here, for as many rows as there are.
	 */
	private static final class BrokenRule extends RuntimeException {

		private static final long serialVersionUID = 1L;

		private final RowReason reason;

		private final String detail;

		BrokenRule(RowReason reason, Field field, String problem) {
			super(null, null, false, false);
			this.reason = reason;
			this.detail = field + ": " + problem;
		}

	}

}
