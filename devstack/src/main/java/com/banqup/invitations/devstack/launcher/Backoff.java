package com.banqup.invitations.devstack.launcher;

import java.time.Duration;

/**
 * How long to wait before a service that died is started again.
 *
 * @param first after the first death in a row; doubles with each further one
 * @param longest never longer than this
 * @param healthyAfter a service that was up for as long starts a new row
 */
record Backoff(Duration first, Duration longest, Duration healthyAfter) {

	static final Backoff STANDARD = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(30), Duration.ofSeconds(60));

	/**
	 * The wait after this many deaths in a row.
	 * @param deaths 1 or more
	 */
	Duration delay(int deaths) {
		int doublings = Math.min(deaths - 1, 20);
		Duration delay = this.first.multipliedBy(1L << doublings);
		return (delay.compareTo(this.longest) < 0) ? delay : this.longest;
	}

	/** The deaths in a row, given those before and how long the service was up. */
	int deathsInARow(int before, Duration up) {
		return (up.compareTo(this.healthyAfter) >= 0) ? 1 : before + 1;
	}

}
