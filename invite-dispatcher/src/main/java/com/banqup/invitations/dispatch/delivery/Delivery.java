package com.banqup.invitations.dispatch.delivery;

/**
 * A delivery that is ours to make now.
 *
 * @param request what is asked for
 * @param attempts how many attempts were made before
 */
public record Delivery(DeliveryRequest request, int attempts) {

	/** The delivery's id. */
	public DeliveryId id() {
		return this.request.id();
	}

	/** Whom its events concern. */
	DeliveryEvent.Subject subject() {
		return new DeliveryEvent.Subject(this.request.id(), this.request.partnerSpaceId(), this.request.clientId());
	}

}
