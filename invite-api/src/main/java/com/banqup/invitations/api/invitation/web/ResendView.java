package com.banqup.invitations.api.invitation.web;

import java.time.Instant;
import java.util.UUID;

import com.banqup.invitations.api.invitation.Invitation;
import io.swagger.v3.oas.annotations.media.Schema;

/** The new generation of an invitation. */
@Schema(name = "ResendResult")
record ResendView(UUID invitationId, @Schema(example = "2") int generation, Instant expiresAt) {

	static ResendView of(Invitation invitation) {
		return new ResendView(invitation.id().value(), invitation.generation(), invitation.expiresAt());
	}

}
