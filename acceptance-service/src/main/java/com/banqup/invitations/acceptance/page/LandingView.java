package com.banqup.invitations.acceptance.page;

import java.time.Instant;
import java.util.List;

import com.banqup.invitations.acceptance.invitation.Invitation;
import com.banqup.invitations.schemas.Permission;

/** Who invites, and what access is asked for. */
public record LandingView(String partnerName, String clientName, List<Permission> permissions, Instant expiresAt,
		String continuePath) implements View {

	public LandingView {
		permissions = List.copyOf(permissions);
	}

	static LandingView of(Invitation invitation, InvitationPath path) {
		return new LandingView(invitation.partnerName(), invitation.clientName(), invitation.permissions(),
				invitation.expiresAt(), path.proceed());
	}

	/** Letters that stand for the partner. */
	public String partnerInitials() {
		return Initials.of(this.partnerName);
	}

	/** Letters that stand for the client. */
	public String clientInitials() {
		return Initials.of(this.clientName);
	}

	@Override
	public String template() {
		return "landing.jte";
	}

	@Override
	public boolean hasForm() {
		return true;
	}

}
