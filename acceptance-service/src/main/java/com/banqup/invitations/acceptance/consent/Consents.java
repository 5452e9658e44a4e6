package com.banqup.invitations.acceptance.consent;

import java.util.UUID;

import reactor.core.publisher.Mono;

/** The consents given. They are only ever added. */
public interface Consents {

	/** Adds a consent; at most one per invitation. */
	Mono<Void> record(Consent consent);

	/** The consent that was given for this invitation, empty when there is none. */
	Mono<Consent> findByInvitation(UUID invitationId);

}
