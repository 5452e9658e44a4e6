package com.banqup.invitations.api.batch;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

import static java.util.Objects.requireNonNull;

/** How many rows were decided, by what became of them and why: for operators. */
final class RowMeters {

	private final Map<RowState, Counter> byState = new EnumMap<>(RowState.class);

	private final Map<RowReason, Counter> byReason = new EnumMap<>(RowReason.class);

	RowMeters(MeterRegistry meters) {
		for (RowState state : List.of(RowState.INVITED, RowState.CANCELLED)) {
			this.byState.put(state, counter(meters, state, "none"));
		}
		for (RowReason reason : RowReason.values()) {
			if (reason.kind() != RowReason.Kind.INVITED) {
				this.byReason.put(reason, counter(meters, reason.state(), reason.code()));
			}
		}
	}

	private static Counter counter(MeterRegistry meters, RowState state, String reason) {
		return meters.counter("invitation.batch.rows", "state", state.name(), "reason", reason);
	}

	void count(List<RowResult> results) {
		results.stream().filter((result) -> !result.countsAsBefore()).forEach((result) -> counter(result).increment());
	}

	private Counter counter(RowResult result) {
		RowReason reason = result.reason();
		return requireNonNull((reason != null) ? this.byReason.get(reason) : this.byState.get(result.state()));
	}

}
