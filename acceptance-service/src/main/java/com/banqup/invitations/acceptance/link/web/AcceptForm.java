package com.banqup.invitations.acceptance.link.web;

import java.util.UUID;

import com.banqup.invitations.acceptance.consent.ConsentGiven;
import com.banqup.invitations.acceptance.consent.ConsentTexts;
import com.banqup.invitations.schemas.InviteeLanguage;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * What the app sends when a person has confirmed. Messages are spelled out: the validator
 * would read its own from a file, on the event loop.
 */
record AcceptForm(
		@Schema(requiredMode = Schema.RequiredMode.REQUIRED) @NotNull(
				message = "is required") @Nullable UUID businessSpaceId,
		@Schema(description = "The language that the consent was shown in; by default the invitation's") @Pattern(
				regexp = "en|nl|fr|de",
				message = "is not supported (expected: en, nl, fr or de)") @Nullable String language,
		@Schema(description = "The version of the consent that was shown; by default the current one") @Size(max = 20,
				message = "is too long (expected: at most 20 characters)") @Nullable String consentVersion) {

	ConsentGiven consent(InviteeLanguage ofInvitation) {
		InviteeLanguage shown = (this.language == null) ? ofInvitation
				: InviteeLanguage.ofCode(this.language).orElseThrow();
		return new ConsentGiven(shown,
				(this.consentVersion != null) ? this.consentVersion : ConsentTexts.CURRENT_VERSION);
	}

}
