package com.banqup.invitations.acceptance.link.web;

import java.util.Objects;

import com.banqup.invitations.acceptance.invitation.ProgressStep;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the app sends when a person took a step. That they confirmed is not said but done:
 * by accepting.
 */
record ProgressForm(@Schema(description = "How far the person got", allowableValues = {
		"OPENED", "SIGNED_IN", "SPACE_CHOSEN" },
		requiredMode = Schema.RequiredMode.REQUIRED) @NotNull(message = "is required") @Pattern(
				regexp = "^(OPENED|SIGNED_IN|SPACE_CHOSEN)$",
				message = "is no step (expected: OPENED, SIGNED_IN or SPACE_CHOSEN)") @Nullable String progress){

	ProgressStep step() {
		return ProgressStep.valueOf(Objects.requireNonNull(this.progress, "progress"));
	}

}
