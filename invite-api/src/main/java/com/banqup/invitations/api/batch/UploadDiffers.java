package com.banqup.invitations.api.batch;

/** The Idempotency-Key was used for other rows, or for the same ones on other terms. */
public class UploadDiffers extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final BatchId batchId;

	private final int fromRow;

	private final int toRow;

	private UploadDiffers(BatchId batchId, int fromRow, int toRow) {
		super("Another upload than that of batch " + batchId + ", from row " + fromRow + ".." + toRow);
		this.batchId = batchId;
		this.fromRow = fromRow;
		this.toRow = toRow;
	}

	/** The batch of the key is on other terms, or selected other clients. */
	public static UploadDiffers inTerms(BatchId batchId) {
		return new UploadDiffers(batchId, 0, 0);
	}

	/**
	 * One of the uploads has another row, or none, where the other one has this row; the
	 * first such row is among these.
	 * @param batchId the batch of the key
	 * @param fromRow the first of the rows
	 * @param toRow the last of them; the same if it is known which one it is
	 */
	static UploadDiffers amongRows(BatchId batchId, int fromRow, int toRow) {
		return new UploadDiffers(batchId, fromRow, toRow);
	}

	/** The batch of the key. */
	public BatchId batchId() {
		return this.batchId;
	}

	/** The row from which on they may differ, 0 if it is not the rows. */
	public int fromRow() {
		return this.fromRow;
	}

	/** The row up to which they differ at the latest, 0 if it is not the rows. */
	public int toRow() {
		return this.toRow;
	}

}
