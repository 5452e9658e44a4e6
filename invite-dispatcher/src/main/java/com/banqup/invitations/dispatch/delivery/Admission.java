package com.banqup.invitations.dispatch.delivery;

import java.util.List;
import java.util.Set;

/**
 * What is to be done about a batch. What is in neither has been settled: sent before,
 * waiting for its retry, given up, or cancelled just now.
 *
 * @param claimed ours to attempt now
 * @param heldElsewhere somebody else is at it and may yet fail: to be asked again
 * @param cancelled how many deliveries were cancelled just now
 */
public record Admission(List<Delivery> claimed, Set<DeliveryId> heldElsewhere, int cancelled) {

	public Admission {
		claimed = List.copyOf(claimed);
		heldElsewhere = Set.copyOf(heldElsewhere);
	}

}
