package com.banqup.invitations.acceptance.businessspace;

import java.util.Map;

import com.banqup.invitations.acceptance.businessspace.InvalidBusinessSpace.Reason;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class NewBusinessSpaceTests {

	@Test
	void bringsWhatWasTypedIntoCanonicalSpelling() {
		NewBusinessSpace space = NewBusinessSpace.of("  Bäckerei O'Hara ", "be", "be 0123.456-789", " ");

		assertThat(space).isEqualTo(new NewBusinessSpace("Bäckerei O'Hara", "BE", "BE0123456789", null));
	}

	@Test
	void acceptsARegistrationNumberInsteadOfAVatNumber() {
		assertThat(NewBusinessSpace.of("Bakery", "DE", null, "HRB 12345 B").registrationNumber())
			.isEqualTo("HRB 12345 B");
	}

	@Test
	void namesEveryWrongFieldAtOnce() {
		assertThat(errorsOf(" ", "", null, null)).isEqualTo(
				Map.of("name", Reason.REQUIRED, "country", Reason.REQUIRED, "vatNumber", Reason.NUMBER_REQUIRED));
	}

	@ParameterizedTest
	@ValueSource(strings = { "a\nb", "a\tb", "a\u0000b", "a\u202Eb", "a\u2028b", "a\u200Bb" })
	void refusesCharactersThatBreakOrHideText(String name) {
		assertThat(errorsOf(name, "BE", "BE0123456789", null)).isEqualTo(Map.of("name", Reason.CONTROL_CHARACTERS));
	}

	@Test
	void countsCharactersAndNotCodeUnits() {
		String longest = "𝒳".repeat(200);

		assertThat(NewBusinessSpace.of(longest, "BE", "BE0123456789", null).name()).isEqualTo(longest);
		assertThat(errorsOf(longest + "x", "BE", "BE0123456789", null)).isEqualTo(Map.of("name", Reason.TOO_LONG));
	}

	@ParameterizedTest
	@ValueSource(strings = { "XX", "BEL", "B", "België" })
	void refusesWhatIsNoCountry(String country) {
		assertThat(errorsOf("Bakery", country, "BE0123456789", null))
			.isEqualTo(Map.of("country", Reason.UNKNOWN_COUNTRY));
	}

	@ParameterizedTest
	@ValueSource(strings = { "BE1", "BE012345678901234567890", "BE<script>", "ΒΕ0123456789" })
	void refusesWhatIsNoVatNumber(String vatNumber) {
		assertThat(errorsOf("Bakery", "BE", vatNumber, null)).isEqualTo(Map.of("vatNumber", Reason.MALFORMED));
	}

	private static Map<String, Reason> errorsOf(@Nullable String name, @Nullable String country,
			@Nullable String vatNumber, @Nullable String registrationNumber) {
		InvalidBusinessSpace invalid = catchThrowableOfType(InvalidBusinessSpace.class,
				() -> NewBusinessSpace.of(name, country, vatNumber, registrationNumber));
		return invalid.errors();
	}

}
