package com.banqup.invitations.api.batch;

/** A newer upload with the same Idempotency-Key goes on with the batch. */
public class UploadSuperseded extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public UploadSuperseded(BatchId id) {
		super("A newer upload goes on with batch " + id);
	}

}
