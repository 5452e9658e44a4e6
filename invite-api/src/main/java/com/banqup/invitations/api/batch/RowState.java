package com.banqup.invitations.api.batch;

/** What became of a row. */
public enum RowState {

	/** It is to be decided, or to be decided again. */
	WAITING,

	/** Its client was invited, or would be, in a dry run. */
	INVITED,

	/** Its client is not to be invited. */
	SKIPPED,

	/** The row has to be corrected. */
	INVALID,

	/** The partner stopped the batch before. */
	CANCELLED

}
