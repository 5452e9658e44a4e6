package com.banqup.invitations.acceptance.link.web;

import java.time.Instant;
import java.util.UUID;

import com.banqup.invitations.acceptance.link.Accepted;

/** The outcome of accepting. */
record AcceptedView(UUID linkId, UUID businessSpaceId, UUID consentId, Instant acceptedAt) {

	static AcceptedView of(Accepted accepted) {
		return new AcceptedView(accepted.linkId(), accepted.businessSpaceId(), accepted.consentId(),
				accepted.acceptedAt());
	}

}
