package com.banqup.invitations.api.invitation;

import java.util.Collection;
import java.util.List;

import com.banqup.invitations.api.client.ClientId;
import com.banqup.invitations.api.invitation.OnboardingFact.ClientLinked;
import com.banqup.invitations.api.invitation.OnboardingFact.ClientProgressed;
import com.banqup.invitations.api.invitation.OnboardingFact.InvitationEnded;
import com.banqup.invitations.api.invitation.OnboardingFact.MailReported;
import reactor.core.publisher.Mono;

/**
 * Where facts leave their trace. Every method is one statement, runs in the caller's
 * transaction, changes nothing the second time, and gives how many rows it changed.
 */
public interface OnboardingFacts {

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

	/** Makes the invitations revoked that are not accepted. */
	Mono<Long> recordEnds(List<InvitationEnded> facts);

}
