package com.banqup.invitations.api.partnerspace.web;

import com.banqup.invitations.api.text.PlainText;
import com.banqup.invitations.api.text.web.Line;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;

/** What a partner says about its Partner Space. */
@Schema(name = "PartnerSpaceForm")
record PartnerSpaceForm(@Schema(description = "The name that mails and pages call the Partner Space by.",
		example = "Janssens Accountants", requiredMode = Schema.RequiredMode.REQUIRED,
		maxLength = PlainText.MAX_NAME) @NotNull(message = "missing (expected: the name that clients know)") @Line(
				max = PlainText.MAX_NAME) @Nullable String name) {
}
