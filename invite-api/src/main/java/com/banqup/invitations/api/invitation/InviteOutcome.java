package com.banqup.invitations.api.invitation;

import com.banqup.invitations.api.client.ClientId;
import org.jspecify.annotations.Nullable;

/** What became of the wish to invite one client. */
public sealed interface InviteOutcome {

	/** Whom it is about. */
	ClientId clientId();

	/**
	 * The client is invited; the mail is on its way.
	 *
	 * @param clientId whom it is about
	 * @param invitationId the new invitation
	 */
	record Accepted(ClientId clientId, InvitationId invitationId) implements InviteOutcome {
	}

	/**
	 * The client was not invited.
	 *
	 * @param clientId whom it is about
	 * @param reason why not
	 * @param invitationId the invitation that stands in the way, null when none does
	 */
	record Refused(ClientId clientId, RefusalReason reason,
			@Nullable InvitationId invitationId) implements InviteOutcome, InviteDecision {
	}

}
