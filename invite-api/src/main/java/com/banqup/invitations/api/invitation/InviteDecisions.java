package com.banqup.invitations.api.invitation;

import java.util.List;

/**
 * What the store decided about the clients of one request.
 *
 * @param invited those for whom an invitation was stored
 * @param refused those for whom none was, and why
 */
public record InviteDecisions(List<InvitedClient> invited, List<InviteOutcome.Refused> refused) {

	public InviteDecisions {
		invited = List.copyOf(invited);
		refused = List.copyOf(refused);
	}

}
