package com.banqup.invitations.api.invitation;

import com.banqup.invitations.api.invitation.MailRequest.Addressee;
import com.banqup.invitations.schemas.InviteeLanguage;

/**
 * A client for whom an invitation was just stored.
 *
 * @param invitationId the invitation
 * @param addressee the client
 * @param language the language that was settled
 */
public record InvitedClient(InvitationId invitationId, Addressee addressee,
		InviteeLanguage language) implements InviteDecision {
}
