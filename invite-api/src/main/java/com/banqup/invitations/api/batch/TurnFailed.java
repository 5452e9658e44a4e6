package com.banqup.invitations.api.batch;

import com.banqup.invitations.api.partnerspace.PartnerSpaceId;

/** A chunk could not be decided; it is to be tried again after the others had a turn. */
class TurnFailed extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final PartnerSpaceId partnerSpaceId;

	TurnFailed(PartnerSpaceId partnerSpaceId, BatchId batchId, Throwable cause) {
		super("Rows of batch " + batchId + " cannot be decided now", cause);
		this.partnerSpaceId = partnerSpaceId;
	}

	/** Whose chunk it is. */
	PartnerSpaceId partnerSpaceId() {
		return this.partnerSpaceId;
	}

}
