package com.banqup.invitations.api.batch;

/** The Idempotency-Key was used for other rows, or for the same ones on other terms. */
public class UploadDiffers extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final BatchId batchId;

	private final int fromRow;

	/**
	 * Creates it.
	 * @param batchId the batch of the key
	 * @param fromRow the row from which on they may differ, 0 if it is not the rows
	 */
	public UploadDiffers(BatchId batchId, int fromRow) {
		super("Another upload than that of batch " + batchId + ", from row " + fromRow);
		this.batchId = batchId;
		this.fromRow = fromRow;
	}

	/** The batch of the key. */
	public BatchId batchId() {
		return this.batchId;
	}

	/** The row from which on they may differ, 0 if it is not the rows. */
	public int fromRow() {
		return this.fromRow;
	}

}
