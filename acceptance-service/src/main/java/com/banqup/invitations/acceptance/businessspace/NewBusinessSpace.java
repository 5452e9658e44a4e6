package com.banqup.invitations.acceptance.businessspace;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * A Business Space that somebody wants to create: trimmed, in canonical spelling and
 * checked.
 *
 * @param name 1..200 characters, no control characters
 * @param country ISO 3166-1 alpha-2
 * @param vatNumber 4..20 letters and digits, null for none
 * @param registrationNumber 1..50 characters, null for none; one of the numbers is there
 */
public record NewBusinessSpace(String name, String country, @Nullable String vatNumber,
		@Nullable String registrationNumber) {

	static final int MAX_NAME = 200;

	static final int MAX_REGISTRATION_NUMBER = 50;

	private static final Set<String> COUNTRIES = Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2);

	private static final Pattern VAT_SEPARATORS = Pattern.compile("[\\s.\\-/]");

	private static final Pattern VAT_NUMBER = Pattern.compile("[A-Z0-9]{4,20}");

	private static final Pattern REGISTRATION_NUMBER = Pattern.compile("[\\p{L}\\p{N} ./\\-]{1,50}");

	/**
	 * What somebody typed, in canonical spelling. Blank numbers count as absent.
	 * @throws InvalidBusinessSpace naming every field that is wrong
	 */
	public static NewBusinessSpace of(@Nullable String name, @Nullable String country, @Nullable String vatNumber,
			@Nullable String registrationNumber) {
		Map<String, InvalidBusinessSpace.Reason> errors = new LinkedHashMap<>();
		String cleanName = (name != null) ? name.strip() : "";
		String cleanCountry = (country != null) ? country.strip().toUpperCase(Locale.ROOT) : "";
		String cleanVatNumber = (vatNumber != null)
				? VAT_SEPARATORS.matcher(vatNumber).replaceAll("").toUpperCase(Locale.ROOT) : "";
		String cleanRegistrationNumber = (registrationNumber != null) ? registrationNumber.strip() : "";

		if (cleanName.isEmpty()) {
			errors.put("name", InvalidBusinessSpace.Reason.REQUIRED);
		}
		else if (cleanName.codePointCount(0, cleanName.length()) > MAX_NAME) {
			errors.put("name", InvalidBusinessSpace.Reason.TOO_LONG);
		}
		else if (cleanName.codePoints().anyMatch(NewBusinessSpace::isInvisible)) {
			errors.put("name", InvalidBusinessSpace.Reason.CONTROL_CHARACTERS);
		}
		if (cleanCountry.isEmpty()) {
			errors.put("country", InvalidBusinessSpace.Reason.REQUIRED);
		}
		else if (!COUNTRIES.contains(cleanCountry)) {
			errors.put("country", InvalidBusinessSpace.Reason.UNKNOWN_COUNTRY);
		}
		if (cleanVatNumber.isEmpty() && cleanRegistrationNumber.isEmpty()) {
			errors.put("vatNumber", InvalidBusinessSpace.Reason.NUMBER_REQUIRED);
		}
		if (!cleanVatNumber.isEmpty() && !VAT_NUMBER.matcher(cleanVatNumber).matches()) {
			errors.put("vatNumber", InvalidBusinessSpace.Reason.MALFORMED);
		}
		if (!cleanRegistrationNumber.isEmpty() && !REGISTRATION_NUMBER.matcher(cleanRegistrationNumber).matches()) {
			errors.put("registrationNumber", InvalidBusinessSpace.Reason.MALFORMED);
		}
		if (!errors.isEmpty()) {
			throw new InvalidBusinessSpace(errors);
		}
		return new NewBusinessSpace(cleanName, cleanCountry, cleanVatNumber.isEmpty() ? null : cleanVatNumber,
				cleanRegistrationNumber.isEmpty() ? null : cleanRegistrationNumber);
	}

	/** Controls, line separators, and marks that turn or hide text on a page. */
	private static boolean isInvisible(int codePoint) {
		return switch (Character.getType(codePoint)) {
			case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE,
					Character.UNASSIGNED ->
				true;
			case Character.FORMAT -> codePoint != 0x200C && codePoint != 0x200D;
			default -> false;
		};
	}

}
