package com.banqup.invitations.acceptance.page;

import java.util.List;

/**
 * A text with what to fill in.
 *
 * @param key key of the text
 * @param parameters names, or moments to be shown in the page's language
 */
public record Phrase(String key, List<?> parameters) {

	public Phrase {
		parameters = List.copyOf(parameters);
	}

	static Phrase of(String key, Object... parameters) {
		return new Phrase(key, List.of(parameters));
	}

}
