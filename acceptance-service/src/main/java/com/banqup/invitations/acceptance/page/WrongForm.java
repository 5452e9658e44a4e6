package com.banqup.invitations.acceptance.page;

import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.banqup.invitations.acceptance.businessspace.InvalidBusinessSpace;

/** A form that has to be filled in better. */
class WrongForm extends RuntimeException {

	private final transient List<FieldError> errors;

	WrongForm(FieldError... errors) {
		this(List.of(errors));
	}

	private WrongForm(List<FieldError> errors) {
		super("form: " + errors.stream().map(FieldError::message).toList(), null, false, false);
		this.errors = errors;
	}

	/** What is wrong, with examples of the country that was chosen. */
	static WrongForm of(InvalidBusinessSpace invalid, String country) {
		return new WrongForm(invalid.errors()
			.entrySet()
			.stream()
			.map((error) -> new FieldError(error.getKey(), message(error.getKey(), error.getValue()),
					parameters(error.getKey(), error.getValue(), country)))
			.toList());
	}

	/** For example error.vat-number.malformed. */
	static String message(String field, InvalidBusinessSpace.Reason reason) {
		return "error.%s.%s".formatted(field.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT),
				reason.name().toLowerCase(Locale.ROOT).replace('_', '-'));
	}

	private static List<?> parameters(String field, InvalidBusinessSpace.Reason reason, String country) {
		return switch (reason) {
			case TOO_LONG -> List.of(200);
			case MALFORMED -> Map.of("vatNumber", List.of(VatExamples.of(country)), "registrationNumber", List.of(50))
				.getOrDefault(field, List.of());
			default -> List.of();
		};
	}

	List<FieldError> errors() {
		return this.errors;
	}

}
