package com.banqup.invitations.acceptance.page;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.security.web.server.csrf.CsrfToken;

/**
 * What every page has around its content.
 *
 * @param texts the texts in the page's language
 * @param override whether the reader chose another language than the invitation's, which
 * every link and form then carries on
 * @param languages languages to switch to, empty where switching would lose something
 * @param accountName the name of who is signed in, null for nobody
 * @param csrf the token that forms carry, null on pages without forms
 */
public record Frame(Texts texts, boolean override, List<LanguageChoice> languages, @Nullable String accountName,
		@Nullable CsrfToken csrf, String stylesheet, String icon) {

	public Frame {
		languages = List.copyOf(languages);
	}

	/** ISO 639-1 code of the page's language. */
	public String language() {
		return this.texts.language().code();
	}

	/** The text with this key. */
	public String text(String key, Object... arguments) {
		return this.texts.text(key, arguments);
	}

	/** What to fill into the phrase, moments in the page's language. */
	public Object[] arguments(Phrase phrase) {
		return phrase.parameters()
			.stream()
			.map((parameter) -> (parameter instanceof Instant moment) ? dateTime(moment) : parameter)
			.toArray();
	}

	/** Date and time of day. */
	public String dateTime(Instant moment) {
		return this.texts.dateTime(moment);
	}

	/** The countries by name. */
	public List<CountryChoice> countries() {
		return this.texts.countries();
	}

	/** The path, carrying on the language that the reader chose. */
	public String at(String path) {
		return this.override ? LanguageParameter.append(path, this.texts.language()) : path;
	}

}
