package com.banqup.invitations.api.partnerspace;

import java.time.Instant;

import reactor.core.publisher.Mono;

/** The Partner Spaces that have a name. */
public interface PartnerSpaces {

	/** The Partner Space, empty as long as nobody has named it. */
	Mono<PartnerSpace> find(PartnerSpaceId id);

	/** Sets the name that clients see. */
	Mono<PartnerSpace> name(PartnerSpaceId id, String name, Instant at);

	/**
	 * The Partner Space, locked until the running transaction ends. Whoever asks the
	 * other services for something takes this lock first, so that requests of one Partner
	 * Space reach Kafka in the order they were committed.
	 * <p>
	 * Errors with {@link PartnerSpaceWithoutName}.
	 */
	Mono<PartnerSpace> requireLocked(PartnerSpaceId id);

}
