package com.banqup.invitations.dispatch.delivery.r2dbc;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import com.banqup.invitations.dispatch.deadletter.DeadLetter;
import com.banqup.invitations.dispatch.deadletter.DeadLetters;
import com.banqup.invitations.dispatch.delivery.Admission;
import com.banqup.invitations.dispatch.delivery.Attempt;
import com.banqup.invitations.dispatch.delivery.Claim;
import com.banqup.invitations.dispatch.delivery.Deliveries;
import com.banqup.invitations.dispatch.delivery.DeliveryEvent;
import com.banqup.invitations.dispatch.delivery.DeliveryEvents;
import com.banqup.invitations.dispatch.delivery.DeliveryId;
import com.banqup.invitations.dispatch.delivery.OutcomeRefused;
import com.banqup.invitations.dispatch.delivery.RequestBatch;
import com.banqup.invitations.dispatch.delivery.UselessRequest;
import com.banqup.invitations.outbox.database.AboutTheData;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

/**
 * The ledger in PostgreSQL. Every decision is one statement for the whole batch. Rows are
 * locked in one order everywhere: deliveries by id, then what hangs on them.
 */
public final class R2dbcDeliveries implements Deliveries {

	private final AdmitBatch batches;

	private final Retries retries;

	private final Outcomes outcomes;

	private final TransactionalOperator transaction;

	private final DeliveryEvents events;

	private final DeadLetters deadLetters;

	public R2dbcDeliveries(DatabaseClient database, TransactionalOperator transaction, DeliveryEvents events,
			DeadLetters deadLetters) {
		this.batches = new AdmitBatch(database);
		this.retries = new Retries(database);
		this.outcomes = new Outcomes(database);
		this.transaction = transaction;
		this.events = events;
		this.deadLetters = deadLetters;
	}

	@Override
	public Mono<Admission> admit(RequestBatch batch, Claim claim) {
		return this.batches.judge(batch, claim)
			.collectList()
			.delayUntil((verdicts) -> publish(Verdict.cancelled(verdicts, claim.now())))
			.map((verdicts) -> AdmitBatch.admission(batch, verdicts))
			.as(this.transaction::transactional);
	}

	@Override
	public Mono<Admission> claimDueSingle(int limit, Claim claim) {
		return claimed(this.retries.claimDueSingle(limit, claim), claim);
	}

	@Override
	public Mono<Admission> claimDueOfBulks(UUID after, int limit, Claim claim) {
		return claimed(this.retries.claimDueOfBulks(after, limit, claim), claim);
	}

	private Mono<Admission> claimed(Flux<Retries.Due> retries, Claim claim) {
		return retries.collectList()
			.delayUntil(
					(due) -> publish(Verdict.cancelled(due.stream().map(Retries.Due::verdict).toList(), claim.now())))
			.map(Retries.Due::admission)
			.as(this.transaction::transactional);
	}

	@Override
	public Mono<Void> record(Collection<Attempt> attempts, Claim claim) {
		List<Attempt.Made> made = only(Attempt.Made.class, attempts);
		return this.outcomes.record(made, claim)
			.flatMap((recorded) -> follow(made, recorded))
			.then(Mono.defer(() -> this.outcomes.giveBack(only(Attempt.NotMade.class, attempts), claim)))
			.as(this.transaction::transactional)
			.onErrorMap(AboutTheData::is, OutcomeRefused::new);
	}

	/** What follows from the attempts that counted. */
	private Mono<Void> follow(List<Attempt.Made> made, Map<DeliveryId, Integer> recorded) {
		List<Attempt.Made> counted = made.stream()
			.filter((attempt) -> recorded.containsKey(attempt.delivery().id()))
			.toList();
		List<DeliveryEvent> told = counted.stream()
			.map((attempt) -> attempt.event(Objects.requireNonNull(recorded.get(attempt.delivery().id()))))
			.toList();
		List<DeadLetter> letters = only(Attempt.Rejected.class, counted).stream()
			.map(Attempt.Rejected::deadLetter)
			.toList();
		return this.retries.keep(only(Attempt.Deferred.class, counted))
			.then(letters.isEmpty() ? Mono.empty() : this.deadLetters.add(letters))
			.then(Mono.defer(() -> publish(told)));
	}

	@Override
	public Mono<Void> giveUp(Collection<UselessRequest> requests) {
		Map<DeliveryId, DeliveryEvent.Undeliverable> events = new LinkedHashMap<>();
		requests.stream()
			.flatMap((request) -> request.event().stream())
			.forEach((event) -> events.putIfAbsent(event.subject().id(), event));
		List<DeadLetter> letters = requests.stream().map(UselessRequest::letter).toList();
		return this.outcomes.reject(events.values())
			.mapNotNull(events::get)
			.collectList()
			.delayUntil((rejected) -> this.deadLetters.add(letters))
			.flatMap(this::publish)
			.as(this.transaction::transactional);
	}

	@Override
	public Mono<Integer> cancelDeferred(int limit, Instant now) {
		return this.retries.cancelDeferred(limit, now)
			.collectList()
			.delayUntil((cancelled) -> publish(Verdict.cancelled(cancelled, now)))
			.map(List::size)
			.as(this.transaction::transactional);
	}

	@Override
	public Mono<Long> forgetCancelledBatches(Instant before) {
		return this.retries.forgetCancelledBatches(before);
	}

	@Override
	public Mono<RetryQueue> retryQueue(Instant now) {
		return this.retries.count(now);
	}

	private Mono<Void> publish(List<? extends DeliveryEvent> told) {
		return told.isEmpty() ? Mono.empty() : this.events.publish(told);
	}

	private static <T extends Attempt> List<T> only(Class<T> kind, Collection<? extends Attempt> attempts) {
		return attempts.stream().filter(kind::isInstance).map(kind::cast).toList();
	}

}
