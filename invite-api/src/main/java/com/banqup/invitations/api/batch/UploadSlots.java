package com.banqup.invitations.api.batch;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.stereotype.Component;

/**
 * Uploads at the same time: each holds some memory and, now and then, a connection to the
 * database. Errors with {@link TooManyUploads}.
 */
@Component
class UploadSlots extends Slots {

	UploadSlots(BatchProperties properties, MeterRegistry meters) {
		super(properties.uploads(), properties.uploadsInAll(), TooManyUploads::new);
		Gauge.builder("invitation.batches.uploads", this, Slots::takenInAll)
			.description("Uploads under way")
			.register(meters);
	}

}
