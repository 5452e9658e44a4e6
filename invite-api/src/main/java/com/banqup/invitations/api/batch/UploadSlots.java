package com.banqup.invitations.api.batch;

import org.springframework.stereotype.Component;

/**
 * Uploads at the same time: each holds some memory and, now and then, a connection to the
 * database. Errors with {@link TooManyUploads}.
 */
@Component
class UploadSlots extends Slots {

	UploadSlots(BatchProperties properties) {
		super(properties.uploads(), properties.uploadsInAll(), TooManyUploads::new);
	}

}
