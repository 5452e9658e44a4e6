package com.banqup.invitations.dispatch.delivery;

import java.util.Optional;
import java.util.Set;

/**
 * How a batch ended. Everything that is not open is settled and recorded.
 *
 * @param open what is to be asked for again
 * @param hindrance why it is open; present when anything is
 * @param attempted how many mails were attempted
 */
public record BatchReport(Set<DeliveryId> open, Optional<Hindrance> hindrance, int attempted) {

	public BatchReport {
		open = Set.copyOf(open);
		if (!open.isEmpty() && hindrance.isEmpty()) {
			throw new IllegalArgumentException("%d deliveries open without a hindrance".formatted(open.size()));
		}
	}

}
