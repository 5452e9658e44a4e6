package com.banqup.invitations.acceptance.page;

import java.util.Optional;
import java.util.UUID;

import com.banqup.invitations.acceptance.consent.ConsentGiven;
import com.banqup.invitations.acceptance.consent.ConsentTexts;
import com.banqup.invitations.schemas.InviteeLanguage;
import org.jspecify.annotations.Nullable;

import org.springframework.util.MultiValueMap;

/**
 * What was sent from the page that asks for confirmation. A browser sends what the page
 * showed: to whom, for which Business Space, and in which words.
 *
 * @param businessSpaceId the one that was shown, null when the form does not say
 * @param account the account that it was shown to, null when the form does not say
 * @param consentText the words that were shown, null when the form does not say
 */
record ConfirmForm(boolean consent, @Nullable String businessSpaceId, @Nullable String account,
		@Nullable String consentText) {

	static ConfirmForm of(MultiValueMap<String, String> fields) {
		return new ConfirmForm("yes".equals(fields.getFirst("consent")), fields.getFirst("businessSpaceId"),
				fields.getFirst("account"), fields.getFirst("consentText"));
	}

	/** Names the current words in this language. */
	static String reference(InviteeLanguage language) {
		return language.code() + ":" + ConsentTexts.CURRENT_VERSION;
	}

	/** Whether it was shown for what is about to be confirmed. */
	boolean isFor(UUID accountId, UUID chosenSpaceId) {
		return (this.account == null || this.account.equals(accountId.toString()))
				&& (this.businessSpaceId == null || this.businessSpaceId.equals(chosenSpaceId.toString()));
	}

	/** What was agreed to: empty when the form names words that there are not. */
	Optional<ConsentGiven> given(InviteeLanguage pageLanguage) {
		String reference = (this.consentText != null) ? this.consentText : reference(pageLanguage);
		int colon = reference.indexOf(':');
		if (colon < 0) {
			return Optional.empty();
		}
		return InviteeLanguage.ofCode(reference.substring(0, colon))
			.map((language) -> new ConsentGiven(language, reference.substring(colon + 1)));
	}

}
