package com.banqup.invitations.acceptance.consent;

import com.banqup.invitations.schemas.InviteeLanguage;

/**
 * What a person agreed to: the text that was shown to them.
 *
 * @param language the language it was shown in
 * @param textVersion the version that was shown, see {@link ConsentTexts#CURRENT_VERSION}
 * @param textHash the hash of the words that were shown, see {@link ConsentText#hash()}
 */
public record ConsentGiven(InviteeLanguage language, String textVersion, String textHash) {

	/** Whether these are the words. */
	public boolean isTo(ConsentText text) {
		return this.language == text.language() && this.textVersion.equals(text.version())
				&& this.textHash.equals(text.hash());
	}

}
