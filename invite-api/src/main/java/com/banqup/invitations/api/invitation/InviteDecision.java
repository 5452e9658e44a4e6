package com.banqup.invitations.api.invitation;

/** What the store decided about one client of a request. */
public sealed interface InviteDecision permits InvitedClient, InviteOutcome.Refused {

}
