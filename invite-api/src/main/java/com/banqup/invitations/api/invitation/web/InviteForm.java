package com.banqup.invitations.api.invitation.web;

import java.util.List;
import java.util.UUID;

import com.banqup.invitations.api.client.ClientId;
import com.banqup.invitations.api.invitation.InviteRequest;
import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import com.banqup.invitations.api.template.TemplateId;
import com.banqup.invitations.api.text.Languages;
import com.banqup.invitations.api.text.PlainText;
import com.banqup.invitations.api.text.web.LanguageCode;
import com.banqup.invitations.api.text.web.Lines;
import com.banqup.invitations.schemas.InviteeLanguage;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/** Whom to invite, and how. */
@Schema(name = "InviteForm")
record InviteForm(@ArraySchema(
		arraySchema = @Schema(description = "The clients to invite. A client named twice is invited once.",
				requiredMode = Schema.RequiredMode.REQUIRED),
		minItems = 1, maxItems = InviteRequest.MAX_CLIENTS) @NotNull(
				message = "missing (expected: 1..1000 ids of clients)") @Size(min = 1, max = InviteRequest.MAX_CLIENTS,
						message = "none or too many (expected: 1..1000 ids of clients)") @Nullable List<@NotNull(
								message = "null (expected: the id of a client)") UUID> clientIds,
		@Schema(description = "The configuration template that says which access to ask for and for how long.",
				requiredMode = Schema.RequiredMode.REQUIRED) @NotNull(
						message = "missing (expected: the id of a configuration template)") @Nullable UUID templateId,
		@Schema(description = "Your own words in the mail, plain text, instead of the template's.",
				example = "Dear client, this is how we share documents from now on.",
				maxLength = PlainText.MAX_MESSAGE) @Lines(max = PlainText.MAX_MESSAGE) @Nullable String message,
		@Schema(description = "The language of all mails, instead of the clients' and the template's.", example = "fr",
				allowableValues = {
						"en", "nl", "fr", "de" }) @LanguageCode @Nullable String language){

	/** Languages may be in capitals or not. */
	InviteForm {
		language = (language != null) ? Languages.code(language) : null;
	}

	InviteRequest request(PartnerSpaceId partnerSpaceId, String requestedBy) {
		String words = (this.message != null) ? PlainText.lines(this.message) : "";
		return new InviteRequest(partnerSpaceId, requireNonNull(this.clientIds).stream().map(ClientId::new).toList(),
				new TemplateId(requireNonNull(this.templateId)), words.isEmpty() ? null : words,
				(this.language != null) ? InviteeLanguage.ofCode(this.language).orElseThrow() : null, requestedBy);
	}

}
