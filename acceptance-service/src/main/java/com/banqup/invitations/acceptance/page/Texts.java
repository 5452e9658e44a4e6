package com.banqup.invitations.acceptance.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Collator;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

import com.banqup.invitations.schemas.InviteeLanguage;

/**
 * Everything the pages say in one language. Texts are plain: the templates escape them.
 * Placeholders are {@code {0}} and {@code {1}}; what is filled in is never looked at
 * again, so that a name can hold braces.
 */
final class Texts {

	private final InviteeLanguage language;

	private final Map<String, String> texts;

	private final DateTimeFormatter date;

	private final DateTimeFormatter time;

	private final List<CountryChoice> countries;

	private Texts(InviteeLanguage language, Map<String, String> texts, ZoneId zone) {
		this.language = language;
		this.texts = texts;
		this.date = DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG).withLocale(regional(language)).withZone(zone);
		this.time = DateTimeFormatter.ofLocalizedTime(FormatStyle.SHORT).withLocale(regional(language)).withZone(zone);
		this.countries = countries(language.locale());
	}

	/** The texts in this language, with moments shown in this time zone. */
	static Texts load(InviteeLanguage language, ZoneId zone) {
		String name = "/messages/pages_%s.properties".formatted(language.code());
		try (InputStream file = Texts.class.getResourceAsStream(name)) {
			if (file == null) {
				throw new IllegalStateException("texts of the pages: %s is missing".formatted(name));
			}
			Properties properties = new Properties();
			properties.load(new InputStreamReader(file, StandardCharsets.UTF_8));
			Map<String, String> texts = properties.stringPropertyNames()
				.stream()
				.collect(Collectors.toUnmodifiableMap((key) -> key, properties::getProperty));
			return new Texts(language, texts, zone);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** American English puts the month first: our readers are Europeans. */
	private static Locale regional(InviteeLanguage language) {
		return (language == InviteeLanguage.ENGLISH) ? Locale.UK : language.locale();
	}

	private static List<CountryChoice> countries(Locale locale) {
		return Locale.getISOCountries(Locale.IsoCountryCode.PART1_ALPHA2)
			.stream()
			.map((code) -> new CountryChoice(code, Locale.of("", code).getDisplayCountry(locale)))
			.sorted(Comparator.comparing(CountryChoice::name, Collator.getInstance(locale)))
			.toList();
	}

	InviteeLanguage language() {
		return this.language;
	}

	/** The countries by name. */
	List<CountryChoice> countries() {
		return this.countries;
	}

	Set<String> keys() {
		return this.texts.keySet();
	}

	/**
	 * The text with this key.
	 * @throws IllegalStateException when there is none
	 */
	String text(String key, Object... arguments) {
		String text = this.texts.get(key);
		if (text == null) {
			throw new IllegalStateException("text: %s is missing in %s".formatted(key, this.language));
		}
		return (arguments.length == 0) ? text : fill(text, arguments);
	}

	private static String fill(String text, Object[] arguments) {
		StringBuilder filled = new StringBuilder(text.length() + 32);
		for (int at = 0; at < text.length(); at++) {
			int argument = placeholder(text, at, arguments.length);
			if (argument < 0) {
				// A name that ends in a full stop ends the sentence, too.
				if (text.charAt(at) != '.' || filled.isEmpty() || filled.charAt(filled.length() - 1) != '.') {
					filled.append(text.charAt(at));
				}
			}
			else {
				filled.append(arguments[argument]);
				at += 2;
			}
		}
		return filled.toString();
	}

	private static int placeholder(String text, int at, int arguments) {
		if (text.charAt(at) != '{' || at + 2 >= text.length() || text.charAt(at + 2) != '}') {
			return -1;
		}
		int argument = text.charAt(at + 1) - '0';
		return (argument >= 0 && argument < arguments) ? argument : -1;
	}

	/** Date and time of day. */
	String dateTime(Instant moment) {
		return text("moment", this.date.format(moment), this.time.format(moment));
	}

}
