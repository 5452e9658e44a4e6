package com.banqup.invitations.acceptance.page;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What is about to be agreed to.
 *
 * @param account id of the account that it is shown to
 * @param consentReference names the exact words that are shown
 */
public record ConfirmView(String partnerName, SpaceChoice space, String account, List<ConsentBlock> consent,
		String consentReference, List<FieldError> errors, String submitPath, String spacePath) implements View {

	public ConfirmView {
		consent = List.copyOf(consent);
		errors = List.copyOf(errors);
	}

	/** What is wrong with the field, null for nothing. */
	public @Nullable FieldError error(String field) {
		return this.errors.stream().filter((error) -> error.field().equals(field)).findFirst().orElse(null);
	}

	@Override
	public String template() {
		return "confirm.jte";
	}

	@Override
	public boolean hasForm() {
		return true;
	}

}
