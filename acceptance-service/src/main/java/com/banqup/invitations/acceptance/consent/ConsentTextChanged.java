package com.banqup.invitations.acceptance.consent;

/** The person agreed to other words than those of today: show them these. */
public class ConsentTextChanged extends RuntimeException {

	public ConsentTextChanged() {
		super("consent: to other words (expected: those of version %s for this invitation)"
			.formatted(ConsentTexts.CURRENT_VERSION), null, false, false);
	}

}
