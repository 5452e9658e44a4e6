package com.banqup.invitations.api.batch;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import reactor.core.publisher.Mono;

/** Batches whose rows still come. */
public interface BatchUploads {

	/**
	 * The batch that uploads with this key bring, taken over from whatever upload brought
	 * it before; empty if there is none. Errors with {@link UploadDiffers} if it is on
	 * other terms, or selected other clients.
	 */
	Mono<Taken> takeOver(BatchUpload upload, String idempotencyKey, UUID uploadId);

	/**
	 * Makes a batch without rows. Errors with {@link UploadSuperseded} if its key was
	 * taken meanwhile.
	 */
	Mono<Taken> create(BatchId id, BatchUpload upload, UUID uploadId, Instant now);

	/**
	 * Stores the batch's next chunk. Errors with {@link UploadSuperseded} if another
	 * upload goes on with it, with {@link BatchEnded} if nobody can any more.
	 */
	Mono<Void> add(Taken batch, RowChunk chunk, Instant now);

	/** Whether the chunk was stored with the same rows. */
	Mono<Boolean> hasSame(BatchId id, RowChunk chunk);

	/**
	 * All rows are here: it can run. Errors with {@link UploadSuperseded},
	 * {@link BatchEnded}.
	 */
	Mono<InvitationBatch> received(Taken batch, List<String> ignoredColumns, Instant now);

	/**
	 * The batch will not run, and its key is free; does nothing if it is not receiving
	 * any more, or another upload goes on with it.
	 */
	Mono<Void> fail(Taken batch, BatchFailure failure, Instant now);

	/**
	 * A batch as an upload takes it up.
	 *
	 * @param batch the batch
	 * @param uploadId the upload
	 * @param chunks how many chunks are stored
	 */
	record Taken(InvitationBatch batch, UUID uploadId, int chunks) {
	}

}
