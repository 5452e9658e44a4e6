package com.banqup.invitations.acceptance.page;

import java.time.Instant;
import java.util.List;

import com.banqup.invitations.schemas.Permission;

/** The two spaces are linked. */
public record DoneView(String partnerName, SpaceChoice space, List<Permission> permissions,
		Instant acceptedAt) implements View {

	public DoneView {
		permissions = List.copyOf(permissions);
	}

	/** Letters that stand for the partner. */
	public String partnerInitials() {
		return Initials.of(this.partnerName);
	}

	/** Letters that stand for the Business Space. */
	public String spaceInitials() {
		return Initials.of(this.space.name());
	}

	@Override
	public String template() {
		return "done.jte";
	}

	@Override
	public boolean hasForm() {
		return false;
	}

}
