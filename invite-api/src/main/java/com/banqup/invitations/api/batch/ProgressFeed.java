package com.banqup.invitations.api.batch;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Tells how far batches are as they go on. However many follow a batch, its counters are
 * read once for all of them.
 */
@Component
public class ProgressFeed {

	private final FollowBatches batches;

	private final FollowerSlots followers;

	private final Duration interval;

	private final Map<BatchId, Flux<BatchProgress>> feeds = new ConcurrentHashMap<>();

	ProgressFeed(FollowBatches batches, FollowerSlots followers, BatchProperties properties) {
		this.batches = batches;
		this.followers = followers;
		this.interval = properties.progressInterval();
	}

	/**
	 * How far the batch is, now and whenever something has changed, up to its end.
	 * Whoever is slow gets the latest only. Errors with {@link BatchNotFound} or
	 * {@link TooManyFollowers}.
	 */
	public Flux<BatchProgress> follow(PartnerSpaceId partnerSpaceId, BatchId id) {
		return this.followers.hold(partnerSpaceId, () -> followInSlot(partnerSpaceId, id));
	}

	private Flux<BatchProgress> followInSlot(PartnerSpaceId partnerSpaceId, BatchId id) {
		return this.batches.require(partnerSpaceId, id)
			.thenMany(Flux.defer(() -> this.feeds.computeIfAbsent(id, (key) -> feed(partnerSpaceId, key))))
			.onBackpressureLatest();
	}

	private Flux<BatchProgress> feed(PartnerSpaceId partnerSpaceId, BatchId id) {
		return Flux.interval(Duration.ZERO, this.interval)
			.onBackpressureDrop()
			.concatMap((tick) -> this.batches.require(partnerSpaceId, id), 1)
			.distinctUntilChanged(ProgressFeed::content)
			.takeUntil((progress) -> !progress.batch().state().isOpen())
			.doFinally((signal) -> this.feeds.remove(id))
			.replay(1)
			.refCount(1);
	}

	/** What is told, but for the time. */
	private static Object content(BatchProgress progress) {
		return Map.entry(progress.batch(), progress.counts());
	}

}
