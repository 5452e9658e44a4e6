package com.banqup.invitations.api.template.web;

import java.util.List;

import com.banqup.invitations.api.template.TemplateDetails;
import com.banqup.invitations.api.text.Languages;
import com.banqup.invitations.api.text.PlainText;
import com.banqup.invitations.api.text.web.LanguageCode;
import com.banqup.invitations.api.text.web.Line;
import com.banqup.invitations.api.text.web.Lines;
import com.banqup.invitations.api.text.web.PermissionCode;
import com.banqup.invitations.schemas.InviteeLanguage;
import com.banqup.invitations.schemas.Permission;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import static java.util.Objects.requireNonNull;

/** What a partner settles in a configuration template. */
@Schema(name = "ConfigurationTemplateForm")
record TemplateForm(
		@Schema(description = "What you call the template.", example = "New clients 2026",
				requiredMode = Schema.RequiredMode.REQUIRED, maxLength = PlainText.MAX_NAME) @NotNull(
						message = "missing (expected: a name)") @Line(max = PlainText.MAX_NAME) @Nullable String name,
		@Schema(description = "The language for clients without one of their own.", example = "nl",
				requiredMode = Schema.RequiredMode.REQUIRED, allowableValues = {
						"en", "nl", "fr", "de" }) @NotNull(
								message = "missing (expected: en, nl, fr or de)") @LanguageCode @Nullable String language,
		@Schema(description = "Your own words in the mail, plain text, unless the request brings others.",
				example = "We moved to Banqup. Please link your company with our office.",
				maxLength = PlainText.MAX_MESSAGE) @Lines(max = PlainText.MAX_MESSAGE) @Nullable String message,
		@Schema(description = "How many days clients have to accept.", example = "30",
				requiredMode = Schema.RequiredMode.REQUIRED) @NotNull(message = "missing (expected: 1..90)") @Min(
						value = TemplateDetails.MIN_DAYS,
						message = "${validatedValue} (expected: 1..90)") @Max(value = TemplateDetails.MAX_DAYS,
								message = "${validatedValue} (expected: 1..90)") @Nullable Integer expiresInDays,
		@ArraySchema(
				schema = @Schema(example = "view-documents",
						allowableValues = { "view-documents", "manage-documents", "send-invoices", "view-payments",
								"view-reports", "manage-settings" }),
				arraySchema = @Schema(description = "The access to ask for.",
						requiredMode = Schema.RequiredMode.REQUIRED),
				minItems = 1, uniqueItems = true) @NotNull(message = "missing (expected: at least one)") @Size(min = 1,
						max = 20, message = "none or too many (expected: at least one)") @Nullable List<@NotNull(
								message = "null (expected: the code of a permission)") @PermissionCode String> permissions){

	/** Languages may be in capitals or not. */
	TemplateForm {
		language = (language != null) ? Languages.code(language) : null;
	}

	static TemplateForm of(TemplateDetails details) {
		return new TemplateForm(details.name(), details.language().code(), details.message(), details.expiresInDays(),
				details.permissions().stream().map(Permission::code).toList());
	}

	TemplateDetails details() {
		String words = (this.message != null) ? PlainText.lines(this.message) : "";
		return new TemplateDetails(PlainText.line(requireNonNull(this.name)),
				InviteeLanguage.ofCode(requireNonNull(this.language)).orElseThrow(), words.isEmpty() ? null : words,
				requireNonNull(this.expiresInDays),
				requireNonNull(this.permissions).stream()
					.map((code) -> Permission.ofCode(code).orElseThrow())
					.toList());
	}

}
