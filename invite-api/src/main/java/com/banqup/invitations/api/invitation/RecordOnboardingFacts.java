package com.banqup.invitations.api.invitation;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.banqup.invitations.api.client.ClientId;
import com.banqup.invitations.api.invitation.OnboardingFact.ClientLinked;
import com.banqup.invitations.api.invitation.OnboardingFact.ClientProgressed;
import com.banqup.invitations.api.invitation.OnboardingFact.InvitationEnded;
import com.banqup.invitations.api.invitation.OnboardingFact.MailReported;
import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
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

	/** Who asks for the end of invitations that a link has made pointless. */
	static final String LINK_ESTABLISHED = "link-established";

	private final OnboardingFacts facts;

	private final InvitationRequests requests;

	private final Clock clock;

	public RecordOnboardingFacts(OnboardingFacts facts, InvitationRequests requests, Clock clock) {
		this.facts = facts;
		this.requests = requests;
		this.clock = clock;
	}

	/** Records the batch; gives how many rows it changed. */
	@Transactional
	public Mono<Long> record(List<OnboardingFact> batch) {
		if (batch.isEmpty()) {
			return Mono.just(0L);
		}
		Set<ClientId> clients = batch.stream().map(OnboardingFact::clientId).collect(Collectors.toSet());
		List<ClientLinked> links = ofKind(batch, ClientLinked.class);
		return lockPartnerSpaces(links).then(Mono.defer(() -> this.facts.lockClients(clients)))
			.then(record(batch, MailReported.class, this.facts::recordMails))
			.flatMap((sum) -> record(batch, ClientProgressed.class, this.facts::recordProgress).map(add(sum)))
			.flatMap((sum) -> record(batch, ClientLinked.class, this.facts::recordLinks).map(add(sum)))
			.flatMap((sum) -> record(batch, InvitationEnded.class, this.facts::recordEnds).map(add(sum)))
			.flatMap((sum) -> revokeOthers(links).thenReturn(sum));
	}

	/** Only a link can make this service ask the others for something. */
	private Mono<Long> lockPartnerSpaces(List<ClientLinked> links) {
		Set<PartnerSpaceId> spaces = links.stream().map(ClientLinked::partnerSpaceId).collect(Collectors.toSet());
		return spaces.isEmpty() ? Mono.empty() : this.facts.lockPartnerSpaces(spaces);
	}

	/**
	 * A link through an older invitation, heard of after the client was invited anew,
	 * leaves the newer one without a purpose: it must not be accepted as well.
	 */
	private Mono<Void> revokeOthers(List<ClientLinked> links) {
		return links.isEmpty() ? Mono.empty()
				: Mono.fromSupplier(this.clock::instant)
					.flatMapMany((now) -> this.facts.noteRevocationOfOthers(links, LINK_ESTABLISHED, now)
						.collectList()
						.flatMapIterable((noted) -> noted)
						.concatMap((noted) -> this.requests.requestRevocation(noted, now)))
					.then();
	}

	private static <F extends OnboardingFact> Mono<Long> record(List<OnboardingFact> batch, Class<F> kind,
			Function<List<F>, Mono<Long>> store) {
		List<F> ofKind = ofKind(batch, kind);
		return ofKind.isEmpty() ? Mono.just(0L) : Mono.defer(() -> store.apply(ofKind));
	}

	private static <F extends OnboardingFact> List<F> ofKind(List<OnboardingFact> batch, Class<F> kind) {
		return batch.stream().filter(kind::isInstance).map(kind::cast).toList();
	}

	private static Function<Long, Long> add(long sum) {
		return (changed) -> sum + changed;
	}

}
