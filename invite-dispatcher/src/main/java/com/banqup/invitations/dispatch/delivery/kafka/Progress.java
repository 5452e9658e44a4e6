package com.banqup.invitations.dispatch.delivery.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.banqup.invitations.dispatch.delivery.BatchReport;
import com.banqup.invitations.dispatch.delivery.DeliveryId;
import com.banqup.invitations.dispatch.delivery.Hindrance;
import com.banqup.invitations.dispatch.delivery.Lane;

/**
 * How far a batch of records got.
 *
 * @param settled how many records from its start are settled
 * @param hindrance why not all of them, empty when all are
 * @param moved whether anything was done at all
 */
record Progress(int settled, Optional<Hindrance> hindrance, boolean moved) {

	private static final Hindrance REGISTRY_UNAVAILABLE = new Hindrance("schema-registry-unavailable");

	private static final Duration HELD_PAUSE = Duration.ofSeconds(2);

	/** How far the readable ones of so many records got. */
	static Progress of(List<Received> readable, int records, BatchReport report) {
		int settled = firstOpen(readable, report.open());
		Optional<Hindrance> hindrance = report.hindrance()
			.or(() -> (readable.size() < records) ? Optional.of(REGISTRY_UNAVAILABLE) : Optional.empty());
		return new Progress(settled, (settled < records) ? hindrance : Optional.empty(),
				settled > 0 || report.attempted() > 0);
	}

	private static int firstOpen(List<Received> records, Set<DeliveryId> open) {
		for (int i = 0; i < records.size(); i++) {
			DeliveryId id = RequestRecords.idOf(records.get(i));
			if (id != null && open.contains(id)) {
				return i;
			}
		}
		return records.size();
	}

	/**
	 * Tells the lane that the consumer cannot go on, and gives the time to wait. A slow
	 * relay is no reason to wait as long as it takes mails: the rest is started right
	 * away. What somebody else holds is settled or free again before long.
	 */
	Duration pause(Lane lane, String consumer, Hindrance reason) {
		if (this.moved) {
			lane.moves(consumer);
			if (reason.isSlowness()) {
				return Duration.ZERO;
			}
		}
		Duration pause = lane.waits(consumer, reason);
		return (reason.equals(Hindrance.HELD_ELSEWHERE) && pause.compareTo(HELD_PAUSE) > 0) ? HELD_PAUSE : pause;
	}

}
