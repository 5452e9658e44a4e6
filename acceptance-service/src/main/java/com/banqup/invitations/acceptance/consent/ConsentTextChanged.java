package com.banqup.invitations.acceptance.consent;

/** The person agreed to words that are no longer current: show them the current ones. */
public class ConsentTextChanged extends RuntimeException {

	public ConsentTextChanged(String version) {
		super("consent text version: %s (expected: %s)".formatted(version, ConsentTexts.CURRENT_VERSION), null, false,
				false);
	}

}
