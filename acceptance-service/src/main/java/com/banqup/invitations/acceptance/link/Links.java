package com.banqup.invitations.acceptance.link;

import java.time.Instant;
import java.util.UUID;

import com.banqup.invitations.acceptance.invitation.Invitation;
import reactor.core.publisher.Mono;

/** The links between Partner Spaces and Business Spaces: at most one for each pair. */
public interface Links {

	/**
	 * Links the inviting Partner Space with this Business Space, or finds that they are
	 * linked already.
	 * @return the link's id; the same as before when they were linked
	 */
	Mono<UUID> establish(Invitation invitation, UUID businessSpaceId, Instant now);

}
