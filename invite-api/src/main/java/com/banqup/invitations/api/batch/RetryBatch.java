package com.banqup.invitations.api.batch;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

import com.banqup.invitations.api.batch.BatchRow.Corrected;
import com.banqup.invitations.api.batch.BatchRow.Undelivered;
import com.banqup.invitations.api.batch.BatchRow.Uploaded;
import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Has rows of a batch that is done decided again; rows that succeeded stay as they are.
 */
@Service
public class RetryBatch {

	private final BatchRetries retries;

	private final UploadSlots slots;

	private final BatchProperties properties;

	private final Clock clock;

	RetryBatch(BatchRetries retries, UploadSlots slots, BatchProperties properties, Clock clock) {
		this.retries = retries;
		this.slots = slots;
		this.properties = properties;
		this.clock = clock;
	}

	/**
	 * Takes corrected rows if there is room for them. Errors with {@link TooManyUploads},
	 * or as it does.
	 */
	public <T> Mono<T> inSlot(PartnerSpaceId partnerSpaceId, Supplier<Mono<T>> work) {
		return this.slots.take(partnerSpaceId, work);
	}

	/**
	 * The batch, which runs again: clients that were not to be invited may be by now, and
	 * mails that were given up, or never heard of again, go to the addresses that the
	 * clients have now. Errors with {@link BatchNotFound}, {@link BatchNotDone},
	 * {@link NothingToRetry}.
	 */
	@Transactional
	public Mono<InvitationBatch> retry(PartnerSpaceId partnerSpaceId, BatchId id) {
		return reopen(partnerSpaceId, id).filterWhen((batch) -> hasFailed(id))
			.switchIfEmpty(Mono.error(() -> new NothingToRetry(id)))
			.flatMap((batch) -> this.retries.addFailed(id).thenReturn(batch));
	}

	private Mono<Boolean> hasFailed(BatchId id) {
		Instant now = this.clock.instant();
		return this.retries.hasFailed(id, silentBefore(now), now);
	}

	private Instant silentBefore(Instant now) {
		return now.minus(this.properties.silentAfter());
	}

	/**
	 * The batch, which runs again with these rows instead of those of the same names that
	 * failed: the first one where several have the name. Where a row's client was invited
	 * and only the mail failed, the client is changed as the row says. Errors with
	 * {@link BatchNotFound}, {@link BatchNotDone}, {@link UnknownRows}.
	 */
	@Transactional
	public Mono<InvitationBatch> retry(PartnerSpaceId partnerSpaceId, BatchId id, List<BatchRow> corrections) {
		return reopen(partnerSpaceId, id).flatMap((batch) -> correct(id, corrections).thenReturn(batch));
	}

	private Mono<InvitationBatch> reopen(PartnerSpaceId partnerSpaceId, BatchId id) {
		return Mono.fromSupplier(this.clock::instant).flatMap((now) -> this.retries.reopen(partnerSpaceId, id, now));
	}

	/** As large as chunks can be. */
	private Mono<Void> add(BatchId id, List<BatchRow> rows) {
		return Flux.defer(() -> Flux.fromIterable(rows).bufferUntil(new ChunkEnd(this.properties)))
			.concatMap((chunk) -> this.retries.addAgain(id, chunk))
			.then();
	}

	private Mono<Void> correct(BatchId id, List<BatchRow> corrections) {
		Map<String, BatchRow> byName = new LinkedHashMap<>();
		List<BatchRow> unknown = new ArrayList<>();
		for (BatchRow row : corrections) {
			if (row.rowRef() == null || byName.putIfAbsent(row.rowRef(), row) != null) {
				unknown.add(row);
			}
		}
		return takeFailed(id, byName.keySet()).flatMap((failed) -> {
			byName.values().stream().filter((row) -> !failed.containsKey(row.rowRef())).forEach(unknown::add);
			if (!unknown.isEmpty()) {
				return Mono.error(new UnknownRows(unknown));
			}
			return add(id,
					byName.values()
						.stream()
						.map((row) -> corrected(Objects.requireNonNull(failed.get(row.rowRef())), row))
						.toList());
		});
	}

	private static BatchRow corrected(BatchRow failed, BatchRow correction) {
		return (failed.content() instanceof Undelivered invited && correction.content() instanceof Uploaded uploaded)
				? failed.saying(new Corrected(invited, uploaded)) : failed.saying(correction.content());
	}

	private Mono<Map<String, BatchRow>> takeFailed(BatchId id, Set<String> names) {
		return Mono.fromSupplier(this.clock::instant)
			.flatMap((now) -> this.retries.takeFailed(id, names, silentBefore(now), now));
	}

}
