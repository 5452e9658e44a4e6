package com.banqup.invitations.dispatch.delivery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

	/**
	 * The same in order, a part after the other, each mail once. Revocations and
	 * cancellations are in the first part: they count before all requests.
	 * @param size how many requests a part has at most
	 * @return at least one part
	 */
	List<RequestBatch> inChunks(int size) {
		Map<DeliveryId, DeliveryRequest> distinct = LinkedHashMap.newLinkedHashMap(this.requests.size());
		this.requests.forEach((request) -> distinct.putIfAbsent(request.id(), request));
		List<DeliveryRequest> all = List.copyOf(distinct.values());
		List<RequestBatch> chunks = new ArrayList<>();
		chunks.add(new RequestBatch(all.subList(0, Math.min(size, all.size())), this.revocations, this.cancellations));
		for (int i = size; i < all.size(); i += size) {
			chunks.add(new RequestBatch(all.subList(i, Math.min(i + size, all.size())), List.of(), List.of()));
		}
		return chunks;
	}

}
