package com.banqup.invitations.api.batch;

/** The Partner Space has no such batch. */
public class BatchNotFound extends RuntimeException {

	private static final long serialVersionUID = 1L;

	public BatchNotFound(BatchId id) {
		super("No batch " + id);
	}

}
