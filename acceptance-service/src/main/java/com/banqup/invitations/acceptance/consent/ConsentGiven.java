package com.banqup.invitations.acceptance.consent;

import com.banqup.invitations.schemas.InviteeLanguage;

/**
 * What a person agreed to: the text that was shown to them.
 *
 * @param language the language it was shown in
 * @param textVersion the version that was shown, see {@link ConsentTexts#CURRENT_VERSION}
 */
public record ConsentGiven(InviteeLanguage language, String textVersion) {
}
