package com.banqup.invitations.api.batch;

/** No row of the batch can be tried again as it is. */
public class NothingToRetry extends RuntimeException {

	private static final long serialVersionUID = 1L;

	NothingToRetry(BatchId id) {
		super("Nothing to retry of batch " + id);
	}

}
