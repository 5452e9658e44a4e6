package com.banqup.invitations.api.overview;

import java.util.Map;

import com.banqup.invitations.api.client.ClientStatus;
import com.banqup.invitations.api.invitation.DeliveryState;
import com.banqup.invitations.api.invitation.InvitationState;

/**
 * How far a Partner Space has come. Every state has its number, also when it is 0.
 *
 * @param clients clients by status
 * @param invitations invitations by state
 * @param deliveries invitations by the delivery of their current generation
 */
public record Overview(Map<ClientStatus, Long> clients, Map<InvitationState, Long> invitations,
		Map<DeliveryState, Long> deliveries) {
}
