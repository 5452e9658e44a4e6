package com.banqup.invitations.acceptance.invitation;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.banqup.invitations.schemas.InviteeLanguage;
import com.banqup.invitations.schemas.Permission;
import org.jspecify.annotations.Nullable;

/**
 * An invitation in its latest known generation.
 *
 * @param id the invitation; stays the same when it is resent
 * @param generation the latest known generation; 0 when it was revoked before it was
 * learned, and nothing but the ids is known of it
 * @param partnerSpaceId the Partner Space that invites
 * @param partnerName the Partner Space's name as the client knows it
 * @param clientId the client within the Partner Space
 * @param clientName the client's company name as the partner knows it
 * @param language the language that the client is addressed in
 * @param permissions the access that the partner asks for
 * @param expiresAt from then on it cannot be accepted
 * @param state what was decided about it
 * @param acceptedBy the account that accepted it, null as long as nobody did
 */
public record Invitation(UUID id, int generation, UUID partnerSpaceId, String partnerName, UUID clientId,
		String clientName, InviteeLanguage language, List<Permission> permissions, Instant expiresAt,
		InvitationState state, @Nullable UUID acceptedBy) {

	public Invitation {
		permissions = List.copyOf(permissions);
	}

	/** Whether this account accepted it. */
	public boolean isAcceptedBy(UUID accountId) {
		return accountId.equals(this.acceptedBy);
	}

}
