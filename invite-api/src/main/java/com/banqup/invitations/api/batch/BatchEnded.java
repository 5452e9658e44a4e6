package com.banqup.invitations.api.batch;

/** The batch has come to its end: nothing of it can be stopped, added or tried again. */
public class BatchEnded extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final BatchId batchId;

	private final BatchState state;

	public BatchEnded(BatchId batchId, BatchState state) {
		super("Batch " + batchId + " is " + state);
		this.batchId = batchId;
		this.state = state;
	}

	/** The batch. */
	public BatchId batchId() {
		return this.batchId;
	}

	/** How it ended. */
	public BatchState state() {
		return this.state;
	}

}
