package com.banqup.invitations.acceptance.businessspace.web;

import com.banqup.invitations.acceptance.businessspace.NewBusinessSpace;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What the app sends to create a Business Space. One of the numbers has to be there. */
record BusinessSpaceForm(
		@Schema(description = "The company's name", maxLength = 200,
				requiredMode = Schema.RequiredMode.REQUIRED) @Nullable String name,
		@Schema(description = "ISO 3166-1 alpha-2", example = "BE",
				requiredMode = Schema.RequiredMode.REQUIRED) @Nullable String country,
		@Schema(description = "Letters and digits; spaces, dots and dashes are dropped",
				example = "BE0123456789") @Nullable String vatNumber,
		@Schema(description = "Number in the company register", maxLength = 50) @Nullable String registrationNumber) {

	NewBusinessSpace toNewBusinessSpace() {
		return NewBusinessSpace.of(this.name, this.country, this.vatNumber, this.registrationNumber);
	}

}
