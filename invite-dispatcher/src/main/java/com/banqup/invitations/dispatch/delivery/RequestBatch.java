package com.banqup.invitations.dispatch.delivery;

import java.util.List;

import com.banqup.invitations.dispatch.deadletter.DeadLetter;

/**
 * What came in together.
 *
 * @param requests mails that are asked for; one may occur twice
 * @param revocations invitations that are not wanted any more
 * @param unusable what could not be understood
 */
public record RequestBatch(List<DeliveryRequest> requests, List<Revocation> revocations, List<DeadLetter> unusable) {

	public RequestBatch {
		requests = List.copyOf(requests);
		revocations = List.copyOf(revocations);
		unusable = List.copyOf(unusable);
	}

}
