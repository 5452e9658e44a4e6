package com.banqup.invitations.acceptance.page;

import java.util.List;
import java.util.UUID;

import com.banqup.invitations.acceptance.businessspace.BusinessSpaces;

import org.springframework.util.MultiValueMap;

/**
 * What was typed on the page that asks for a Business Space; absent fields are empty.
 *
 * @param businessSpaceId id of an existing one, or {@code new}
 */
public record SpaceForm(String businessSpaceId, String name, String country, String vatNumber,
		String registrationNumber) {

	/** The choice to create a Business Space. */
	static final String NEW = "new";

	static final FieldError NOT_YOURS = new FieldError("businessSpaceId", "error.business-space.not-yours");

	static final FieldError TOO_MANY = new FieldError("businessSpaceId", "error.business-space.too-many",
			List.of(BusinessSpaces.LIMIT));

	private static final FieldError REQUIRED = new FieldError("businessSpaceId", "error.business-space.required");

	static SpaceForm of(MultiValueMap<String, String> fields) {
		return new SpaceForm(field(fields, "businessSpaceId"), field(fields, "name"), field(fields, "country"),
				field(fields, "vatNumber"), field(fields, "registrationNumber"));
	}

	private static String field(MultiValueMap<String, String> fields, String name) {
		String value = fields.getFirst(name);
		return (value != null) ? value : "";
	}

	boolean wantsNew() {
		return this.businessSpaceId.equals(NEW);
	}

	/**
	 * The existing one that was chosen.
	 * @throws WrongForm when none was, or something that is no id
	 */
	UUID requireExisting() {
		if (this.businessSpaceId.isEmpty()) {
			throw new WrongForm(REQUIRED);
		}
		try {
			return UUID.fromString(this.businessSpaceId);
		}
		catch (IllegalArgumentException ex) {
			throw new WrongForm(NOT_YOURS);
		}
	}

	@Override
	public String toString() {
		return "SpaceForm[businessSpaceId=%s]".formatted(this.businessSpaceId);
	}

}
