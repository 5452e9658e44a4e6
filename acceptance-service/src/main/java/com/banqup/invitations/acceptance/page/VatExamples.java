package com.banqup.invitations.acceptance.page;

import java.util.Map;

/** What VAT numbers look like. */
final class VatExamples {

	private static final Map<String, String> EXAMPLES = Map.of("AT", "ATU12345678", "BE", "BE0123456789", "DE",
			"DE123456789", "ES", "ESX1234567X", "FR", "FR12345678901", "GB", "GB123456789", "IT", "IT12345678901", "LU",
			"LU12345678", "NL", "NL123456789B01", "PL", "PL1234567890");

	private VatExamples() {
	}

	/** An example of this country, or of the country where most clients are. */
	static String of(String country) {
		return EXAMPLES.getOrDefault(country, "BE0123456789");
	}

}
