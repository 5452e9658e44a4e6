package com.banqup.invitations.api.client.web;

import com.banqup.invitations.api.client.ClientDetails;
import com.banqup.invitations.api.client.EmailAddress;
import com.banqup.invitations.api.client.VatNumber;
import com.banqup.invitations.api.text.Countries;
import com.banqup.invitations.api.text.Languages;
import com.banqup.invitations.api.text.PlainText;
import com.banqup.invitations.api.text.web.CountryCode;
import com.banqup.invitations.api.text.web.LanguageCode;
import com.banqup.invitations.api.text.web.Line;
import com.banqup.invitations.schemas.InviteeLanguage;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/** What a partner says about a client. */
@Schema(name = "ClientForm")
record ClientForm(
		@Schema(description = "The company's name.", example = "Bäckerei Müller GmbH",
				requiredMode = Schema.RequiredMode.REQUIRED, maxLength = PlainText.MAX_NAME) @NotNull(
						message = ClientDetails.NAME_EXPECTED) @Line(max = PlainText.MAX_NAME) @Nullable String name,
		@Schema(description = "Where invitations go. The domain may be written in any script.",
				example = "info@baeckerei-mueller.example", requiredMode = Schema.RequiredMode.REQUIRED,
				maxLength = 254) @NotNull(
						message = ClientDetails.EMAIL_EXPECTED) @EmailAddressText @Nullable String email,
		@Schema(description = "The language to address the client in.", example = "de", allowableValues = {
				"en", "nl", "fr", "de" }) @LanguageCode @Nullable String language,
		@Schema(description = "Your own key for the client; unique in the Partner Space.", example = "K-10042",
				maxLength = PlainText.MAX_REFERENCE) @Line(
						max = PlainText.MAX_REFERENCE) @Nullable String externalReference,
		@Schema(description = "VAT number. Spaces around it, and what comes with pasted text unseen, are dropped first.",
				example = "DE136695976") @Pattern(regexp = VatNumber.PATTERN,
						message = VatNumber.EXPECTED) @Nullable String vatNumber,
		@Schema(description = "Country by its ISO 3166-1 alpha-2 code.",
				example = "DE") @CountryCode @Nullable String country){

	/**
	 * VAT numbers are pasted from letters and web pages; codes come in capitals or not.
	 */
	ClientForm {
		language = (language != null) ? Languages.code(language) : null;
		country = (country != null) ? Countries.code(country) : null;
		vatNumber = (vatNumber != null) ? PlainText.line(vatNumber) : null;
	}

	static ClientForm of(ClientDetails details) {
		InviteeLanguage language = details.language();
		return new ClientForm(details.name(), details.email().given(), (language != null) ? language.code() : null,
				details.externalReference(), details.vatNumber(), details.country());
	}

	ClientDetails details() {
		return new ClientDetails(PlainText.line(requireNonNull(this.name)), EmailAddress.of(requireNonNull(this.email)),
				(this.language != null) ? InviteeLanguage.ofCode(this.language).orElseThrow() : null,
				(this.externalReference != null) ? PlainText.line(this.externalReference) : null, this.vatNumber,
				this.country);
	}

}
