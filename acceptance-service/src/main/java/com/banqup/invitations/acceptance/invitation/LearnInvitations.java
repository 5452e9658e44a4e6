package com.banqup.invitations.acceptance.invitation;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BinaryOperator;
import java.util.function.Function;

import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;

/**
 * Learns what partners requested and revoked. Learning the same again changes nothing and
 * tells nothing. The order does not matter either: a revocation may come before its
 * invitation, a generation after a later one.
 */
@Component
public class LearnInvitations {

	private final Invitations invitations;

	private final InvitationEvents events;

	private final TransactionalOperator transaction;

	private final Clock clock;

	LearnInvitations(Invitations invitations, InvitationEvents events, TransactionalOperator transaction, Clock clock) {
		this.invitations = invitations;
		this.events = events;
		this.transaction = transaction;
		this.clock = clock;
	}

	/**
	 * Learns a batch: one statement for what was requested, one transaction for what was
	 * revoked.
	 */
	public Mono<Learned> learn(Collection<RequestedInvitation> requested, Collection<Revocation> revoked) {
		Collection<RequestedInvitation> newest = distinct(requested, RequestedInvitation::id,
				(one, other) -> (other.generation() > one.generation()) ? other : one);
		Collection<Revocation> revocations = distinct(revoked, Revocation::invitationId, (one, other) -> one);
		return this.invitations.learn(newest)
			.zipWhen((ignored) -> revoke(revocations), (learned, ended) -> new Learned(learned, ended.size()));
	}

	private Mono<List<Revocation>> revoke(Collection<Revocation> revocations) {
		if (revocations.isEmpty()) {
			return Mono.just(List.of());
		}
		return Mono.defer(() -> {
			Instant now = this.clock.instant().truncatedTo(ChronoUnit.MILLIS);
			return this.invitations.revoke(revocations, now)
				.flatMap((ended) -> this.events.revoked(ended, now).thenReturn(ended))
				.as(this.transaction::transactional);
		});
	}

	private static <T> Collection<T> distinct(Collection<T> items, Function<T, UUID> id, BinaryOperator<T> choice) {
		Map<UUID, T> byId = new LinkedHashMap<>();
		items.forEach((item) -> byId.merge(id.apply(item), item, choice));
		return byId.values();
	}

	/**
	 * What a batch changed.
	 *
	 * @param learned invitations that were new or newer
	 * @param revoked invitations that were ended
	 */
	public record Learned(long learned, long revoked) {
	}

}
