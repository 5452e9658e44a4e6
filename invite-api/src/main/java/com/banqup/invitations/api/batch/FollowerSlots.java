package com.banqup.invitations.api.batch;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.stereotype.Component;

/**
 * Those who follow batches at the same time: each holds a connection to this process, and
 * each batch that is followed has its counters read over and over. Errors with
 * {@link TooManyFollowers}.
 */
@Component
class FollowerSlots extends Slots {

	FollowerSlots(BatchProperties properties, MeterRegistry meters) {
		super(properties.followers(), properties.followersInAll(), TooManyFollowers::new);
		Gauge.builder("invitation.batches.followers", this, Slots::takenInAll)
			.description("Those who follow batches")
			.register(meters);
	}

}
