package com.banqup.invitations.acceptance.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.banqup.invitations.acceptance.businessspace.InvalidBusinessSpace;
import com.banqup.invitations.schemas.InviteeLanguage;
import com.banqup.invitations.schemas.Permission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class TextsTests {

	private static final ZoneId BRUSSELS = ZoneId.of("Europe/Brussels");

	private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\d}");

	private final Texts english = Texts.load(InviteeLanguage.ENGLISH, BRUSSELS);

	@ParameterizedTest
	@EnumSource(InviteeLanguage.class)
	void everyLanguageSaysTheSameThings(InviteeLanguage language) {
		Texts texts = Texts.load(language, BRUSSELS);

		assertThat(texts.keys()).isEqualTo(this.english.keys());
		for (String key : this.english.keys()) {
			assertThat(texts.text(key)).as(key).isNotBlank().doesNotContain("''", "<", "  ", " ?", " :", " ;", " !");
			assertThat(placeholders(texts.text(key))).as(key).isEqualTo(placeholders(this.english.text(key)));
		}
	}

	private static Set<String> placeholders(String text) {
		return PLACEHOLDER.matcher(text)
			.results()
			.map((match) -> match.group())
			.collect(Collectors.toCollection(TreeSet::new));
	}

	@Test
	void everyTextIsUsedAndEveryUsedTextIsThere() throws IOException {
		String sources = Stream.concat(read("src/main/jte"), read("src/main/java")).collect(Collectors.joining());

		Pattern used = Pattern.compile("text\\(\"([a-z.-]+)\"");
		assertThat(used.matcher(sources).results().map((match) -> match.group(1)).filter((key) -> !key.endsWith(".")))
			.isSubsetOf(this.english.keys());
		Set<String> notices = Pattern.compile("NoticeView\\s*\\.of\\(\"([a-z.-]+)\"")
			.matcher(sources)
			.results()
			.map((match) -> match.group(1))
			.collect(Collectors.toSet());
		assertThat(notices).hasSizeGreaterThan(10);
		assertThat(this.english.keys()).filteredOn((key) -> !sources.contains('"' + key + '"'))
			.allMatch((key) -> isOfAForm(key) || key.startsWith("permission.") || isOf(notices, key));
	}

	/** The texts that a notice looks up by its own key. */
	private static boolean isOf(Set<String> notices, String key) {
		return Stream.of(".title", ".heading", ".text", ".action")
			.anyMatch((end) -> key.endsWith(end) && notices.contains(key.substring(0, key.length() - end.length())));
	}

	private static boolean isOfAForm(String key) {
		return Stream.of("name", "country", "vatNumber", "registrationNumber")
			.anyMatch((field) -> Stream.of(InvalidBusinessSpace.Reason.values())
				.anyMatch((reason) -> key.equals(WrongForm.message(field, reason))));
	}

	private static Stream<String> read(String folder) throws IOException {
		try (Stream<Path> files = Files.walk(Path.of(folder))) {
			return files.filter(Files::isRegularFile).map(TextsTests::content).toList().stream();
		}
	}

	private static String content(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Test
	void everyPermissionIsExplained() {
		for (Permission permission : Permission.values()) {
			assertThat(this.english.keys()).contains("permission." + permission.code(),
					"permission." + permission.code() + ".detail");
		}
	}

	@ParameterizedTest
	@CsvSource({ "name, REQUIRED", "name, TOO_LONG", "name, CONTROL_CHARACTERS", "country, REQUIRED",
			"country, UNKNOWN_COUNTRY", "vatNumber, NUMBER_REQUIRED", "vatNumber, MALFORMED",
			"registrationNumber, MALFORMED" })
	void everyMistakeIsExplained(String field, InvalidBusinessSpace.Reason reason) {
		assertThat(this.english.keys()).contains(WrongForm.message(field, reason));
	}

	@Test
	void whatIsFilledInIsNotFilledInAgain() {
		assertThat(this.english.text("done.lead", "{1} & {0}", "B")).startsWith("{1} & {0} now has access to B.");
	}

	@Test
	void aNameThatEndsInAFullStopEndsTheSentence() {
		assertThat(this.english.text("done.lead", "A Ltd.", "B.V.")).startsWith("A Ltd. now has access to B.V. A Ltd.");
	}

	@Test
	void aMissingTextIsAnError() {
		assertThatIllegalStateException().isThrownBy(() -> this.english.text("no.such.text"))
			.withMessageContaining("no.such.text");
	}

	@ParameterizedTest
	@CsvSource({ "ENGLISH, 22 December 2026 at 10:30", "DUTCH, 22 december 2026 om 10:30",
			"FRENCH, 22 décembre 2026 à 10:30", "GERMAN, 22. Dezember 2026 um 10:30" })
	void momentsAreShownAsTheReaderWritesThem(InviteeLanguage language, String expected) {
		Texts texts = Texts.load(language, BRUSSELS);

		assertThat(texts.dateTime(Instant.parse("2026-12-22T09:30:00Z"))).isEqualTo(expected);
	}

	@Test
	void countriesAreSortedAsTheReaderSpells() {
		assertThat(Texts.load(InviteeLanguage.GERMAN, BRUSSELS).countries()).extracting(CountryChoice::name)
			.containsSubsequence("Ägypten", "Belgien", "Österreich", "Zypern");
	}

}
