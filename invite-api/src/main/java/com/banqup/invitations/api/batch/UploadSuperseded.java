package com.banqup.invitations.api.batch;

import org.jspecify.annotations.Nullable;

/** A newer upload with the same Idempotency-Key goes on with the batch. */
public class UploadSuperseded extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final @Nullable BatchId batchId;

	public UploadSuperseded(BatchId id) {
		super("A newer upload goes on with batch " + id);
		this.batchId = id;
	}

	/** Of a batch that the newer upload has made meanwhile. */
	UploadSuperseded() {
		super("A newer upload has made the batch");
		this.batchId = null;
	}

	/** The batch, null if it is not known. */
	public @Nullable BatchId batchId() {
		return this.batchId;
	}

}
