package com.banqup.invitations.api.batch;

import java.time.Clock;
import java.util.List;
import java.util.Map;

import com.banqup.invitations.api.paging.Page;
import com.banqup.invitations.api.paging.PageRequest;
import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;

/** Tells how far batches are, from counters: however many rows there are. */
@Service
public class FollowBatches {

	private final Batches batches;

	private final Clock clock;

	public FollowBatches(Batches batches, Clock clock) {
		this.batches = batches;
		this.clock = clock;
	}

	/** How far the batch is. Errors with {@link BatchNotFound}. */
	public Mono<BatchProgress> require(PartnerSpaceId partnerSpaceId, BatchId id) {
		return this.batches.require(partnerSpaceId, id).flatMap(this::progress);
	}

	/** How far this batch is. */
	public Mono<BatchProgress> progress(InvitationBatch batch) {
		return this.batches.counts(List.of(batch.id())).map((counts) -> progress(batch, counts));
	}

	/** How far the batches of a page are, newest first. */
	public Mono<Page<BatchProgress>> list(PartnerSpaceId partnerSpaceId, PageRequest page) {
		return this.batches.list(partnerSpaceId, page)
			.flatMap((batches) -> this.batches.counts(batches.items().stream().map(InvitationBatch::id).toList())
				.map((counts) -> batches.map((batch) -> progress(batch, counts))));
	}

	private BatchProgress progress(InvitationBatch batch, Map<BatchId, Map<String, Long>> counts) {
		BatchCounts counted = BatchCounts.of(batch.rows(), batch.dryRun(), counts.getOrDefault(batch.id(), Map.of()));
		return new BatchProgress(batch, switch (batch.state()) {
			case RECEIVING, RUNNING, COMPLETED -> counted;
			case CANCELLED -> counted.stopped(BatchCounts.BATCH_CANCELLED);
			case FAILED -> counted.stopped(BatchCounts.BATCH_FAILED);
		}, this.clock.instant());
	}

}
