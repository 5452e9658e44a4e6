package com.banqup.invitations.dispatch.delivery;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Down while a lane waits, with what it waits for and since when. */
final class LanesHealthIndicator implements HealthIndicator {

	private final List<Lane> lanes;

	LanesHealthIndicator(Collection<Lane> lanes) {
		this.lanes = List.copyOf(lanes);
	}

	@Override
	public Health health() {
		Map<String, Object> details = new LinkedHashMap<>();
		boolean waiting = false;
		for (Lane lane : this.lanes) {
			waiting |= lane.waiting().isPresent();
			details.put(lane.name(), lane.waiting().<Object>map(LanesHealthIndicator::describe).orElse("moves"));
		}
		return (waiting ? Health.down() : Health.up()).withDetails(details).build();
	}

	private static Map<String, Object> describe(Lane.Waiting waiting) {
		return Map.of("waitsFor", waiting.hindrance().reasonCode(), "since", waiting.since(), "tries", waiting.times());
	}

}
