package com.banqup.invitations.api.invitation;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

import com.banqup.invitations.api.client.ClientId;
import com.banqup.invitations.api.invitation.OnboardingFact.ClientLinked;
import com.banqup.invitations.api.invitation.OnboardingFact.ClientProgressed;
import com.banqup.invitations.api.invitation.OnboardingFact.InvitationEnded;
import com.banqup.invitations.api.invitation.OnboardingFact.MailReported;
import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Where facts leave their trace. Every method is one statement, runs in the caller's
 * transaction and changes nothing the second time; where it gives a number, that is how
 * many rows it changed.
 */
public interface OnboardingFacts {

	/**
	 * Locks these Partner Spaces until the running transaction ends, in the order of
	 * their ids. Whoever may have to ask the other services for something does so before
	 * it locks clients.
	 */
	Mono<Long> lockPartnerSpaces(Collection<PartnerSpaceId> partnerSpaceIds);

	/**
	 * Locks these clients until the running transaction ends, in the order of their ids.
	 */
	Mono<Long> lockClients(Collection<ClientId> clientIds);

	/**
	 * Carries deliveries forwards, those of each invitation's current generation only.
	 */
	Mono<Long> recordMails(List<MailReported> facts);

	/** Carries progress forwards. */
	Mono<Long> recordProgress(List<ClientProgressed> facts);

	/**
	 * Makes the invitations accepted, whatever they look like here, and their clients
	 * active.
	 */
	Mono<Long> recordLinks(List<ClientLinked> facts);

	/**
	 * Notes on the other invitations of these clients that can still be accepted that
	 * they are to end; gives those on which that was not noted before.
	 */
	Flux<Invitation> noteRevocationOfOthers(List<ClientLinked> facts, String requestedBy, Instant at);

	/** Makes the invitations revoked that are not accepted. */
	Mono<Long> recordEnds(List<InvitationEnded> facts);

}
