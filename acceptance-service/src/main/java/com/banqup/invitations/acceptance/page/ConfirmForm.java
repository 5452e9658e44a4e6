package com.banqup.invitations.acceptance.page;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.banqup.invitations.acceptance.consent.ConsentGiven;
import com.banqup.invitations.acceptance.consent.ConsentText;
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

	private static final Pattern REFERENCE = Pattern.compile("([a-z]{2}):([0-9-]{1,20}):([0-9a-f]{64})");

	static ConfirmForm of(MultiValueMap<String, String> fields) {
		return new ConfirmForm("yes".equals(fields.getFirst("consent")), fields.getFirst("businessSpaceId"),
				fields.getFirst("account"), fields.getFirst("consentText"));
	}

	/** Names these very words. */
	static String reference(ConsentText text) {
		return "%s:%s:%s".formatted(text.language().code(), text.version(), text.hash());
	}

	/** Whether it was shown for what is about to be confirmed. */
	boolean isFor(UUID accountId, UUID chosenSpaceId) {
		return accountId.toString().equals(this.account) && chosenSpaceId.toString().equals(this.businessSpaceId);
	}

	/** What was agreed to: empty when the form does not say in which words. */
	Optional<ConsentGiven> given() {
		Matcher reference = REFERENCE.matcher((this.consentText != null) ? this.consentText : "");
		return reference.matches()
				? InviteeLanguage.ofCode(reference.group(1))
					.map((language) -> new ConsentGiven(language, reference.group(2), reference.group(3)))
				: Optional.empty();
	}

}
