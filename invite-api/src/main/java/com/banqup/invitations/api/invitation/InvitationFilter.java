package com.banqup.invitations.api.invitation;

import com.banqup.invitations.api.client.ClientId;
import org.jspecify.annotations.Nullable;

/**
 * Which invitations to list.
 *
 * @param state only those in this state, null for all
 * @param delivery only those whose mail is in this state, null for all
 * @param clientId only those of this client, null for all
 */
public record InvitationFilter(@Nullable InvitationState state, @Nullable DeliveryState delivery,
		@Nullable ClientId clientId) {
}
