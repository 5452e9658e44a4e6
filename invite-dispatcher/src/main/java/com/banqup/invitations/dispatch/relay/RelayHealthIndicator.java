package com.banqup.invitations.dispatch.relay;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Down while the relay takes no mail, with the reason and the time. */
final class RelayHealthIndicator implements HealthIndicator {

	private final RelayState relay;

	RelayHealthIndicator(RelayState relay) {
		this.relay = relay;
	}

	@Override
	public Health health() {
		return this.relay.outage()
			.map((outage) -> Health.down()
				.withDetail("reason", outage.reasonCode())
				.withDetail("since", outage.since())
				.withDetail("lastTriedAt", outage.lastTriedAt())
				.build())
			.orElseGet(() -> Health.up().build());
	}

}
