package com.banqup.invitations.dispatch.mail.content;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.banqup.invitations.dispatch.mail.content.MailTexts.Names;
import com.banqup.invitations.schemas.InviteeLanguage;
import com.banqup.invitations.schemas.Permission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class MailTextsTests {

	private static final ZoneId BRUSSELS = ZoneId.of("Europe/Brussels");

	private static final Names NAMES = new Names("{client}", "$1 {0}", "then");

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			ENGLISH | 2026-12-24T13:03:00Z | 24 December 2026 at 14:03 (CET)
			DUTCH   | 2026-12-24T13:03:00Z | 24 december 2026 om 14:03 uur (CET)
			FRENCH  | 2026-12-24T13:03:00Z | 24 décembre 2026 à 14:03 (CET)
			GERMAN  | 2026-12-24T13:03:00Z | 24. Dezember 2026 um 14:03 Uhr (MEZ)
			ENGLISH | 2026-08-01T22:30:00Z | 2 August 2026 at 00:30 (CEST)
			FRENCH  | 2026-08-31T22:30:00Z | 1er septembre 2026 à 00:30 (CEST)
			GERMAN  | 2026-08-31T22:30:00Z | 1. September 2026 um 00:30 Uhr (MESZ)
			""")
	void tellsExpiryAsPeopleDo(InviteeLanguage language, Instant expiresAt, String text) {
		MailTexts texts = MailTexts.load(language, BRUSSELS);

		assertThat(texts.expiry(expiresAt)).isEqualTo(text);
		assertThat(texts.expiry(expiresAt)).isEqualTo(text);
		assertThat(texts.expiry(expiresAt.plusSeconds(3600))).isNotEqualTo(text);
	}

	@ParameterizedTest
	@EnumSource
	void saysTheSameInEveryLanguage(InviteeLanguage language) {
		Set<String> english = MailTexts.bundle(InviteeLanguage.ENGLISH).stringPropertyNames();

		assertThat(MailTexts.bundle(language).stringPropertyNames()).isEqualTo(english);
		assertThat(MailTexts.bundle(language)).allSatisfy((key, text) -> {
			assertThat((String) text).isNotBlank();
			assertThat(placeholders((String) text)).as((String) key).isSubsetOf("{partner}", "{client}", "{expiry}");
		});
	}

	@ParameterizedTest
	@EnumSource(value = InviteeLanguage.class, names = "ENGLISH", mode = EnumSource.Mode.EXCLUDE)
	void isTranslated(InviteeLanguage language) {
		var english = MailTexts.bundle(InviteeLanguage.ENGLISH);

		assertThat(MailTexts.bundle(language)).allSatisfy((key, text) -> {
			if (!((String) key).startsWith("expiry.")) {
				assertThat(text).isNotEqualTo(english.get(key));
			}
		});
	}

	@ParameterizedTest
	@EnumSource
	void namesEveryPermission(InviteeLanguage language) {
		MailTexts texts = MailTexts.load(language, BRUSSELS);

		assertThat(Permission.values()).extracting(texts::permission).doesNotHaveDuplicates();
	}

	@Test
	void doesNotLookIntoWhatItFillsIn() {
		MailTexts texts = MailTexts.load(InviteeLanguage.ENGLISH, BRUSSELS);

		assertThat(texts.text("greeting", NAMES)).isEqualTo("Dear $1 {0},");
		assertThat(texts.text("subject", NAMES)).isEqualTo("{client} invites you to work together in Banqup");
	}

	private static Set<String> placeholders(String text) {
		return Pattern.compile("\\{[^}]*}")
			.matcher(text)
			.results()
			.map((found) -> found.group())
			.collect(Collectors.toCollection(TreeSet::new));
	}

}
