package com.banqup.invitations.api.batch;

import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

import com.banqup.invitations.api.batch.BatchRow.KnownClient;
import com.banqup.invitations.api.batch.BatchUploads.Taken;
import com.banqup.invitations.api.batch.reading.TooManyRows;
import com.banqup.invitations.api.batch.reading.UploadProperties;
import com.banqup.invitations.api.batch.reading.UploadRefused;
import com.banqup.invitations.api.client.ClientId;
import com.banqup.invitations.api.client.ClientSelection;
import com.banqup.invitations.api.client.Clients;
import com.banqup.invitations.api.database.Unbroken;
import com.banqup.invitations.api.id.NewIds;
import com.banqup.invitations.api.partnerspace.PartnerSpaceWithoutName;
import com.banqup.invitations.api.partnerspace.PartnerSpaces;
import com.banqup.invitations.api.template.ConfigurationTemplates;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Exceptions;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.function.Tuple2;

import org.springframework.stereotype.Service;

/**
 * Takes the rows of a bulk, chunk by chunk, as they come. Nobody is invited before all of
 * them are here. When they stop coming, what was taken stays, and an upload with the same
 * key goes on from there.
 */
@Service
public class ReceiveBatch {

	private static final Logger log = LoggerFactory.getLogger(ReceiveBatch.class);

	private final BatchUploads uploads;

	private final Clients clients;

	private final UploadSlots slots;

	private final PartnerSpaces partnerSpaces;

	private final ConfigurationTemplates templates;

	private final NewIds ids;

	private final BatchProperties properties;

	private final UploadProperties limits;

	private final MeterRegistry meters;

	private final Clock clock;

	ReceiveBatch(BatchUploads uploads, Clients clients, UploadSlots slots, PartnerSpaces partnerSpaces,
			ConfigurationTemplates templates, NewIds ids, BatchProperties properties, UploadProperties limits,
			MeterRegistry meters, Clock clock) {
		this.uploads = uploads;
		this.clients = clients;
		this.slots = slots;
		this.partnerSpaces = partnerSpaces;
		this.templates = templates;
		this.ids = ids;
		this.properties = properties;
		this.limits = limits;
		this.meters = meters;
		this.clock = clock;
	}

	/**
	 * Carries out an upload if there is room for it and rows on its terms can be taken at
	 * all. Errors with {@link TooManyUploads}, {@link PartnerSpaceWithoutName},
	 * {@link com.banqup.invitations.api.template.TemplateNotFound}, or as it does.
	 */
	public <T> Mono<T> inSlot(BatchUpload upload, Supplier<Mono<T>> work) {
		return this.slots.take(upload.partnerSpaceId(), () -> check(upload).then(Mono.defer(work)));
	}

	private Mono<Void> check(BatchUpload upload) {
		return this.partnerSpaces.find(upload.partnerSpaceId())
			.switchIfEmpty(Mono.error(() -> new PartnerSpaceWithoutName(upload.partnerSpaceId())))
			.then(Mono.defer(() -> this.templates.require(upload.partnerSpaceId(), upload.templateId())))
			.then();
	}

	/**
	 * The batch of those of the Partner Space's clients that are selected, as of now; if
	 * an earlier upload with the same key selected them, as of then. Errors with
	 * {@link NobodySelected}, with {@link TooManyRows} if they are more than rows may be,
	 * or as {@link #receive(BatchUpload, Flux, List)}.
	 */
	public Mono<ReceivedBatch> receive(BatchUpload upload, ClientSelection selection) {
		BatchUpload selecting = upload.selecting(selection);
		Flux<BatchRow> rows = this.clients.select(upload.partnerSpaceId(), selection).index(this::row);
		return selected(selecting).switchIfEmpty(Mono.defer(() -> receive(selecting, rows, List.of())))
			.switchIfEmpty(Mono.error(NobodySelected::new));
	}

	/**
	 * What the key's upload selected. If it did not come to its end it is over: other
	 * clients may be selected now.
	 */
	private Mono<ReceivedBatch> selected(BatchUpload upload) {
		String key = upload.idempotencyKey();
		return (key == null) ? Mono.empty()
				: Mono.defer(() -> this.uploads.takeOver(upload, key, this.ids.next())).flatMap(this::selected);
	}

	private Mono<ReceivedBatch> selected(Taken taken) {
		if (taken.batch().state() != BatchState.RECEIVING) {
			return Mono.just(new ReceivedBatch(taken.batch(), true));
		}
		return this.uploads.fail(taken, BatchFailure.SELECTED_ANEW, this.clock.instant()).then(Mono.empty());
	}

	private BatchRow row(long index, ClientId id) {
		if (index == this.limits.maxRows()) {
			throw TooManyRows.selected(this.limits.maxRows());
		}
		int number = Math.toIntExact(index + 1);
		return new BatchRow(number, number, null, new KnownClient(id));
	}

	/**
	 * The batch, once all rows are stored. Rows that an earlier upload with the same key
	 * brought are compared and not taken again. Empty if there are no rows. Errors with
	 * {@link UploadDiffers}, {@link UploadSuperseded}, {@link BatchEnded}, or as the rows
	 * do: if they never can be taken, the batch has failed by it. What refuses the rows
	 * knows the batch that has those before.
	 */
	public Mono<ReceivedBatch> receive(BatchUpload upload, Flux<BatchRow> rows, List<String> ignoredColumns) {
		return Mono.defer(() -> {
			AtomicBoolean opened = new AtomicBoolean();
			Mono<Taken> taken = open(upload).doFirst(() -> opened.set(true)).cache();
			return takeAll(taken, rows)
				.flatMap((last) -> Unbroken.mono(taken.flatMap((batch) -> conclude(batch, last, ignoredColumns))))
				.onErrorResume((ex) -> opened.get(),
						(ex) -> Unbroken.mono(fail(taken, ex)).then(leave(taken, ex)).then(Mono.error(ex)));
		});
	}

	/**
	 * The last chunk, once all are stored; the first of them opens the batch. An error of
	 * the rows has to wait for the chunk that is being stored: that goes on to its end
	 * whatever happens, and the batch must neither fail beside it nor tell how much it
	 * has before it is known. If that chunk is refused as well, the rows' error came
	 * first.
	 */
	private Mono<RowChunk> takeAll(Mono<Taken> taken, Flux<BatchRow> rows) {
		return chunks(rows)
			.concatMapDelayError((chunk) -> Unbroken.mono(taken.flatMap((batch) -> take(batch, chunk))), false, 1)
			.onErrorMap(Exceptions::isMultiple, (several) -> Exceptions.unwrapMultiple(several).getFirst())
			.takeLast(1)
			.next();
	}

	/** Whoever is refused can look at what was taken. */
	private static Mono<Void> leave(Mono<Taken> taken, Throwable refused) {
		return (refused instanceof UploadRefused upload)
				? taken.doOnNext((batch) -> upload.leaves(batch.batch().id())).onErrorComplete().then() : Mono.empty();
	}

	/** Sending the same again would end the same. */
	private Mono<Void> fail(Mono<Taken> taken, Throwable refused) {
		return Mono.justOrEmpty(BatchFailure.by(refused))
			.flatMap((failure) -> taken.flatMap((batch) -> this.uploads.fail(batch, failure, this.clock.instant())));
	}

	private Mono<Taken> open(BatchUpload upload) {
		return Mono.defer(() -> {
			UUID uploadId = this.ids.next();
			Mono<Taken> created = Mono
				.defer(() -> this.uploads.create(new BatchId(this.ids.next()), upload, uploadId, this.clock.instant()))
				.onErrorMap(UploadSuperseded.class, (ex) -> new UploadSuperseded());
			String key = upload.idempotencyKey();
			return (key != null) ? this.uploads.takeOver(upload, key, uploadId).switchIfEmpty(created) : created;
		});
	}

	private Flux<RowChunk> chunks(Flux<BatchRow> rows) {
		return Flux.defer(() -> rows.bufferUntil(new ChunkEnd(this.properties)))
			.index()
			.map((indexed) -> chunk(indexed));
	}

	private static RowChunk chunk(Tuple2<Long, List<BatchRow>> indexed) {
		return new RowChunk(Math.toIntExact(indexed.getT1() + 1), indexed.getT2());
	}

	private Mono<RowChunk> take(Taken taken, RowChunk chunk) {
		if (chunk.number() <= taken.chunks()) {
			return this.uploads.hasSame(taken.batch().id(), chunk)
				.filter(Boolean::booleanValue)
				.switchIfEmpty(Mono.defer(() -> differs(taken, chunk)))
				.thenReturn(chunk);
		}
		if (taken.batch().state() != BatchState.RECEIVING) {
			int added = chunk.rows().getFirst().number();
			return Mono.error(() -> differs(taken, added, added));
		}
		return Mono.defer(() -> this.uploads.add(taken, chunk, this.clock.instant())).thenReturn(chunk);
	}

	/** Says where the chunk differs from what is stored, as far as that is known. */
	private <T> Mono<T> differs(Taken taken, RowChunk chunk) {
		int first = chunk.rows().getFirst().number();
		int last = chunk.rows().getLast().number();
		if (chunk.number() < taken.chunks()) {
			return Mono.error(() -> differs(taken, first, isWhole(chunk) ? last : last + 1));
		}
		int stored = taken.batch().rows();
		if (stored >= last) {
			return Mono.error(() -> differs(taken, first, (stored > last) ? last + 1 : last));
		}
		RowChunk asLong = new RowChunk(chunk.number(), chunk.rows().subList(0, stored - first + 1));
		return this.uploads.hasSame(taken.batch().id(), asLong)
			.flatMap((same) -> Mono.error(() -> differs(taken, same ? stored + 1 : first, same ? stored + 1 : stored)));
	}

	/** Whether the chunk ends where it must, and not where the upload ends. */
	private boolean isWhole(RowChunk chunk) {
		ChunkEnd end = new ChunkEnd(this.properties);
		return chunk.rows().stream().map(end::test).reduce(false, (before, last) -> last);
	}

	private static UploadDiffers differs(Taken taken, int fromRow, int toRow) {
		return UploadDiffers.amongRows(taken.batch().id(), fromRow, toRow);
	}

	private Mono<ReceivedBatch> conclude(Taken taken, RowChunk last, List<String> ignoredColumns) {
		if (last.number() < taken.chunks()) {
			int missing = last.rows().getLast().number() + 1;
			return Mono.error(() -> differs(taken, missing, missing));
		}
		if (taken.batch().state() != BatchState.RECEIVING) {
			return Mono.just(new ReceivedBatch(taken.batch(), true));
		}
		return Mono.defer(() -> this.uploads.received(taken, ignoredColumns, this.clock.instant()))
			.doOnNext(this::tellOperators)
			.map((batch) -> new ReceivedBatch(batch, false));
	}

	private void tellOperators(InvitationBatch batch) {
		this.meters.counter("invitation.batches", "dry.run", Boolean.toString(batch.dryRun())).increment();
		if (batch.rows() >= this.properties.unusualRows()) {
			log.warn("Unusual bulk: Partner Space {} sent {} rows in batch {} (usual: less than {})",
					batch.partnerSpaceId(), batch.rows(), batch.id(), this.properties.unusualRows());
			this.meters.counter("invitation.batches.unusual").increment();
		}
	}

}
