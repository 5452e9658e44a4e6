package com.banqup.invitations.outbox;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is recorded of a batch. It keeps the order within a key across failures:
 * <ul>
 * <li>a row that is at fault and the first of its key that is left becomes a suspect: it
 * is tried again later, alone, and the rows behind it wait until it is published or
 * parked;</li>
 * <li>a row that is at fault while Kafka already has a later one of its key is parked at
 * once, for it would come too late;</li>
 * <li>other rows that are at fault are left alone until it is their turn.</li>
 * </ul>
 *
 * @param published rows that Kafka has acknowledged
 * @param suspects rows that are tried again
 * @param parked rows that are not tried again
 */
record Settlement(List<OutboxRow> published, List<Failure> suspects, List<Failure> parked) {

	/**
	 * Decides about a batch.
	 * @param rows the rows, in their order
	 * @param outcomes what became of each
	 * @param maxAttempts how often a row may be at fault before it is parked
	 */
	static Settlement of(List<OutboxRow> rows, List<Outcome> outcomes, int maxAttempts) {
		Map<String, Long> lastPublished = lastPublished(rows, outcomes);
		Settlement settlement = new Settlement(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
		Set<String> held = new HashSet<>();
		for (int i = 0; i < rows.size(); i++) {
			OutboxRow row = rows.get(i);
			switch (outcomes.get(i)) {
				case Outcome.Published() -> settlement.published.add(row);
				case Outcome.Rejected(String error) -> {
					Failure failure = new Failure(row, error);
					if (row.id() < lastPublished.getOrDefault(row.key(), Long.MIN_VALUE)) {
						settlement.parked.add(failure);
					}
					else if (held.add(row.key())) {
						(isLastAttempt(row, maxAttempts) ? settlement.parked : settlement.suspects).add(failure);
					}
				}
				case Outcome.Undecided() -> held.add(row.key());
			}
		}
		return settlement;
	}

	private static Map<String, Long> lastPublished(List<OutboxRow> rows, List<Outcome> outcomes) {
		Map<String, Long> ids = new HashMap<>();
		for (int i = 0; i < rows.size(); i++) {
			if (outcomes.get(i) instanceof Outcome.Published) {
				ids.put(rows.get(i).key(), rows.get(i).id());
			}
		}
		return ids;
	}

	private static boolean isLastAttempt(OutboxRow row, int maxAttempts) {
		return row.attempts() + 1 >= maxAttempts;
	}

	/** Whether rows were at fault. */
	boolean hasFailures() {
		return !this.suspects.isEmpty() || !this.parked.isEmpty();
	}

	static List<OutboxRow> rows(List<Failure> failures) {
		return failures.stream().map(Failure::row).toList();
	}

	/**
	 * A row that was at fault.
	 *
	 * @param row the row
	 * @param error why
	 */
	record Failure(OutboxRow row, String error) {
	}

}
