package com.banqup.invitations.acceptance.link.web;

import java.util.Objects;
import java.util.UUID;

import com.banqup.invitations.acceptance.consent.ConsentGiven;
import com.banqup.invitations.schemas.InviteeLanguage;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the app sends when a person has confirmed: for which Business Space, and in which
 * words. Messages are spelled out: the validator would read its own from a file, on the
 * event loop.
 */
record AcceptForm(
		@Schema(requiredMode = Schema.RequiredMode.REQUIRED) @NotNull(
				message = "is required") @Nullable UUID businessSpaceId,
		@Schema(description = "The consent as the invitation named it: the words that were shown to the person",
				requiredMode = Schema.RequiredMode.REQUIRED) @NotNull(
						message = "is required") @Valid @Nullable ConsentForm consent) {

	UUID requireBusinessSpaceId() {
		return Objects.requireNonNull(this.businessSpaceId, "businessSpaceId");
	}

	ConsentGiven requireConsent() {
		return Objects.requireNonNull(this.consent, "consent").toConsentGiven();
	}

	/** Names the words that a person agreed to. */
	record ConsentForm(
			@Schema(example = "2026-01", requiredMode = Schema.RequiredMode.REQUIRED) @NotNull(
					message = "is required") @Nullable String version,
			@Schema(example = "nl", requiredMode = Schema.RequiredMode.REQUIRED) @NotNull(
					message = "is required") @Pattern(regexp = "^(en|nl|fr|de)$",
							message = "is not supported (expected: en, nl, fr or de)") @Nullable String language,
			@Schema(requiredMode = Schema.RequiredMode.REQUIRED) @NotNull(message = "is required") @Pattern(
					regexp = "^[0-9a-f]{64}$",
					message = "is malformed (expected: 64 lower-case hexadecimal digits)") @Nullable String hash) {

		private ConsentGiven toConsentGiven() {
			return new ConsentGiven(
					InviteeLanguage.ofCode(Objects.requireNonNull(this.language, "language")).orElseThrow(),
					Objects.requireNonNull(this.version, "version"), Objects.requireNonNull(this.hash, "hash"));
		}

	}

}
