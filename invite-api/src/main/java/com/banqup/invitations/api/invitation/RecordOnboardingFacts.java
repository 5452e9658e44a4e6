package com.banqup.invitations.api.invitation;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.banqup.invitations.api.client.ClientId;
import com.banqup.invitations.api.invitation.OnboardingFact.ClientLinked;
import com.banqup.invitations.api.invitation.OnboardingFact.ClientProgressed;
import com.banqup.invitations.api.invitation.OnboardingFact.InvitationEnded;
import com.banqup.invitations.api.invitation.OnboardingFact.MailReported;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Shows partners what the other services found out. A batch of facts is one transaction;
 * the order of the facts does not matter, neither within a batch nor between batches, and
 * a batch can come again.
 */
@Service
public class RecordOnboardingFacts {

	private final OnboardingFacts facts;

	public RecordOnboardingFacts(OnboardingFacts facts) {
		this.facts = facts;
	}

	/** Records the batch; gives how many rows it changed. */
	@Transactional
	public Mono<Long> record(List<OnboardingFact> batch) {
		if (batch.isEmpty()) {
			return Mono.just(0L);
		}
		Set<ClientId> clients = batch.stream().map(OnboardingFact::clientId).collect(Collectors.toSet());
		return this.facts.lockClients(clients)
			.then(record(batch, MailReported.class, this.facts::recordMails))
			.flatMap((sum) -> record(batch, ClientProgressed.class, this.facts::recordProgress).map(add(sum)))
			.flatMap((sum) -> record(batch, ClientLinked.class, this.facts::recordLinks).map(add(sum)))
			.flatMap((sum) -> record(batch, InvitationEnded.class, this.facts::recordEnds).map(add(sum)));
	}

	private static <F extends OnboardingFact> Mono<Long> record(List<OnboardingFact> batch, Class<F> kind,
			Function<List<F>, Mono<Long>> store) {
		List<F> ofKind = batch.stream().filter(kind::isInstance).map(kind::cast).toList();
		return ofKind.isEmpty() ? Mono.just(0L) : Mono.defer(() -> store.apply(ofKind));
	}

	private static Function<Long, Long> add(long sum) {
		return (changed) -> sum + changed;
	}

}
