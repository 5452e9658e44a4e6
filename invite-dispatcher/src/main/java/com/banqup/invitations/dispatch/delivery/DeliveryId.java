package com.banqup.invitations.dispatch.delivery;

import java.util.Comparator;
import java.util.UUID;

/**
 * A delivery: one mail of one invitation.
 *
 * @param invitationId the invitation
 * @param generation which mail of it
 */
public record DeliveryId(UUID invitationId, int generation) implements Comparable<DeliveryId> {

	private static final Comparator<DeliveryId> ORDER = Comparator.comparing(DeliveryId::invitationId)
		.thenComparingInt(DeliveryId::generation);

	@Override
	public int compareTo(DeliveryId other) {
		return ORDER.compare(this, other);
	}

}
