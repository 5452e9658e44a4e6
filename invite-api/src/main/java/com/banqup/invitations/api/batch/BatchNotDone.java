package com.banqup.invitations.api.batch;

/** The batch has not come to its end, or to one from which it could go on. */
public class BatchNotDone extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final BatchState state;

	public BatchNotDone(BatchId id, BatchState state) {
		super("Batch " + id + " is " + state);
		this.state = state;
	}

	/** How far it is. */
	public BatchState state() {
		return this.state;
	}

}
