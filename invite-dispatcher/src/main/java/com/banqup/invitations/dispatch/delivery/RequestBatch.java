package com.banqup.invitations.dispatch.delivery;

import java.util.List;

/**
 * What came in together.
 *
 * @param requests mails that are asked for; one may occur twice
 * @param revocations invitations that are not wanted any more
 * @param cancellations bulks that are not wanted any more
 */
public record RequestBatch(List<DeliveryRequest> requests, List<Revocation> revocations,
		List<BatchCancellation> cancellations) {

	public RequestBatch {
		requests = List.copyOf(requests);
		revocations = List.copyOf(revocations);
		cancellations = List.copyOf(cancellations);
	}

}
