package com.banqup.invitations.api.invitation;

import java.util.UUID;

import com.banqup.invitations.api.client.ClientId;
import com.banqup.invitations.schemas.InviteeLanguage;
import org.jspecify.annotations.Nullable;

/**
 * The invitation of a row of a bulk, decided and to be stored.
 *
 * @param id which one
 * @param clientId who is invited
 * @param language of mail and pages
 * @param message the partner's own words, null for none
 * @param batchId the bulk
 * @param batchRow the number of the row in it
 */
public record NewInvitation(InvitationId id, ClientId clientId, InviteeLanguage language, @Nullable String message,
		UUID batchId, int batchRow) {
}
