package com.banqup.invitations.api.client;

import com.banqup.invitations.api.text.PlainText;
import org.jspecify.annotations.Nullable;

/**
 * Which clients to list.
 *
 * @param status only those of this status; null for all
 * @param search only those with this text in name, address or external reference,
 * whatever the case and accents; null for all
 */
public record ClientFilter(@Nullable ClientStatus status, @Nullable String search) {

	/** The longest text to search, in characters. */
	public static final int MAX_SEARCH = 200;

	/** What to say of a text that cannot be searched. */
	public static final String SEARCH_EXPECTED = "not valid (expected: up to " + MAX_SEARCH
			+ " characters, no control characters, not accents alone)";

	/** Whether the text, which is not blank, can be searched. */
	public static boolean isSearchable(String text) {
		// Accents alone would be searched as nothing, and nothing is in every name.
		return PlainText.length(text) <= MAX_SEARCH && !PlainText.hasForbidden(text, false)
				&& !PlainText.folded(text).isEmpty();
	}

}
