package com.banqup.invitations.api.batch;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Lets a Partner Space, and all of them together, have so many uploads at a time: each
 * holds some memory and, now and then, a connection to the database.
 */
@Component
class UploadSlots {

	private final Map<PartnerSpaceId, Integer> running = new HashMap<>();

	private final BatchProperties properties;

	private int runningInAll;

	UploadSlots(BatchProperties properties) {
		this.properties = properties;
	}

	/** Carries out the upload. Errors with {@link TooManyUploads} or as it does. */
	<T> Mono<T> take(PartnerSpaceId id, Supplier<Mono<T>> upload) {
		return Mono.using(() -> enter(id), (entered) -> upload.get(), this::leave);
	}

	private synchronized PartnerSpaceId enter(PartnerSpaceId id) {
		int ofThis = this.running.getOrDefault(id, 0);
		if (ofThis >= this.properties.uploads() || this.runningInAll >= this.properties.uploadsInAll()) {
			throw new TooManyUploads(id);
		}
		this.running.put(id, ofThis + 1);
		this.runningInAll++;
		return id;
	}

	private synchronized void leave(PartnerSpaceId id) {
		this.running.computeIfPresent(id, (key, count) -> (count > 1) ? count - 1 : null);
		this.runningInAll--;
	}

}
