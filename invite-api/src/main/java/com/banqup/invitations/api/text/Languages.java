package com.banqup.invitations.api.text;

/** The languages that clients are addressed in, in words. */
public final class Languages {

	/** What to say of a code that is of none of them. */
	public static final String EXPECTED = "not a language (expected: en, nl, fr or de)";

	private Languages() {
	}

}
