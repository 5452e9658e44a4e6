package com.banqup.invitations.acceptance.link.web;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.banqup.invitations.acceptance.consent.ConsentText;
import com.banqup.invitations.acceptance.consent.ConsentTexts;
import com.banqup.invitations.acceptance.invitation.Invitation;
import com.banqup.invitations.schemas.InviteeLanguage;
import io.swagger.v3.oas.annotations.media.Schema;

/** An invitation as the invited person sees it. */
record InvitationView(UUID invitationId, int generation, @Schema(allowableValues = {
		"PENDING", "ACCEPTED" }) String state, String partnerName, String clientName, List<PermissionView> permissions,
		@Schema(description = "The language of the texts", example = "nl") String language, Instant expiresAt,
		ConsentView consent){

	static InvitationView of(Invitation invitation, InviteeLanguage language) {
		ConsentTexts texts = ConsentTexts.in(language);
		return new InvitationView(invitation.id(), invitation.generation(), invitation.state().name(),
				invitation.partnerName(), invitation.clientName(),
				invitation.permissions()
					.stream()
					.map((permission) -> new PermissionView(permission.code(), texts.describe(permission)))
					.toList(),
				language.code(), invitation.expiresAt(),
				ConsentView.of(texts.granting(invitation.partnerName(), invitation.permissions())));
	}

	/** A kind of access that the partner asks for. */
	record PermissionView(String code, String description) {
	}

	/** The words that the app shows before the person confirms, and what names them. */
	record ConsentView(@Schema(example = "2026-01") String version, @Schema(example = "nl") String language,
			@Schema(description = "SHA-256 of the text, in lower-case hexadecimal") String hash,
			@Schema(description = "Paragraphs, separated by empty lines; lines that begin with \"- \" are a list") String text) {

		static ConsentView of(ConsentText text) {
			return new ConsentView(text.version(), text.language().code(), text.hash(), text.text());
		}

	}

}
