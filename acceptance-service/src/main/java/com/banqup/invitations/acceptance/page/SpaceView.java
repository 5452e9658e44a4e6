package com.banqup.invitations.acceptance.page;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** The account's Business Spaces, and a form for a new one. */
public record SpaceView(String partnerName, List<SpaceChoice> spaces, SpaceForm form, List<FieldError> errors,
		String submitPath, String continuePath) implements View {

	public SpaceView {
		spaces = List.copyOf(spaces);
		errors = List.copyOf(errors);
	}

	/** The choice that is ticked: an id, {@code new} or empty for none. */
	public String chosen() {
		return this.form.businessSpaceId();
	}

	/** What is wrong with the field, null for nothing. */
	public @Nullable FieldError error(String field) {
		return this.errors.stream().filter((error) -> error.field().equals(field)).findFirst().orElse(null);
	}

	/** Ids of the texts that explain the field. */
	public String describedBy(String field) {
		return (error(field) != null) ? field + "-error " + field + "-hint" : field + "-hint";
	}

	/** A number that looks right in the chosen country. */
	public String vatExample() {
		return VatExamples.of(this.form.country());
	}

	@Override
	public String template() {
		return "space.jte";
	}

	@Override
	public boolean hasForm() {
		return true;
	}

}
