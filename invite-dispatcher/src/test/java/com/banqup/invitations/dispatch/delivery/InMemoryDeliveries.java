package com.banqup.invitations.dispatch.delivery;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.banqup.invitations.dispatch.deadletter.DeadLetter;
import com.banqup.invitations.dispatch.delivery.DeliveryEvent.Cancelled;
import com.banqup.invitations.dispatch.mail.MailDeferred;
import com.banqup.invitations.schemas.Topics;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A ledger in memory, which can be switched off. */
public final class InMemoryDeliveries implements Deliveries {

	private final Map<DeliveryId, Row> rows = new TreeMap<>();

	private final Set<UUID> revoked = new HashSet<>();

	private final Map<BatchCancellation, Instant> cancelledBatches = new HashMap<>();

	private final List<DeliveryEvent> events = new ArrayList<>();

	private final List<DeadLetter> deadLetters = new ArrayList<>();

	private final Set<DeliveryId> refused = new HashSet<>();

	private final Set<DeliveryId> refusedRetries = new HashSet<>();

	private final Set<DeliveryId> refusedAltogether = new HashSet<>();

	private int cancelled;

	private boolean unavailable;

	private boolean hanging;

	private boolean hangingWhileRecording;

	private int recordings;

	private Sinks.@Nullable Empty<Void> gate;

	/** From now on every method errors. */
	public void goDown() {
		this.unavailable = true;
	}

	/** From now on recording never ends. */
	public void hangWhileRecording() {
		this.hangingWhileRecording = true;
	}

	/** From now on nothing ever ends. */
	public void hang() {
		this.hanging = true;
	}

	/** Recording waits until this ends. */
	public Sinks.Empty<Void> holdWhileRecording() {
		Sinks.Empty<Void> held = Sinks.empty();
		this.gate = held;
		this.recordings = 0;
		return held;
	}

	/** How often somebody recorded something since the gate was closed. */
	public int recordings() {
		return this.recordings;
	}

	/** Takes no outcome of this delivery as long as it holds the relay's words. */
	public void refuse(DeliveryId id) {
		this.refused.add(id);
	}

	/** Keeps this delivery for no other attempt. */
	public void refuseRetries(DeliveryId id) {
		this.refusedRetries.add(id);
	}

	/** Takes no outcome of this delivery, whatever it holds. */
	public void refuseAltogether(DeliveryId id) {
		this.refusedAltogether.add(id);
	}

	/** From now on methods work again, for every delivery. */
	public void comeBack() {
		this.refused.clear();
		this.refusedRetries.clear();
		this.refusedAltogether.clear();
		this.unavailable = false;
		this.hanging = false;
		this.hangingWhileRecording = false;
	}

	public List<DeliveryEvent> events() {
		return this.events;
	}

	public List<DeadLetter> deadLetters() {
		return this.deadLetters;
	}

	public @Nullable DeliveryState stateOf(DeliveryId id) {
		Row row = this.rows.get(id);
		return (row != null) ? row.state : null;
	}

	/** How many attempts were made of a delivery. */
	public int attemptsOf(DeliveryId id) {
		return Objects.requireNonNull(this.rows.get(id)).attempts;
	}

	private <T> Mono<T> transaction(Supplier<T> work) {
		return this.hanging ? Mono.never() : Mono.fromSupplier(() -> {
			if (this.unavailable) {
				throw new IllegalStateException("ledger is down");
			}
			synchronized (this) {
				return work.get();
			}
		});
	}

	@Override
	public Mono<Admission> admit(RequestBatch batch, Claim claim) {
		return transaction(() -> {
			this.cancelled = 0;
			batch.cancellations()
				.forEach((cancellation) -> this.cancelledBatches.putIfAbsent(cancellation, claim.now()));
			batch.revocations().forEach((revocation) -> revoke(revocation, claim));
			Map<DeliveryId, DeliveryRequest> requests = new LinkedHashMap<>();
			batch.requests().forEach((request) -> requests.putIfAbsent(request.id(), request));
			List<Delivery> claimed = new ArrayList<>();
			Set<DeliveryId> held = new HashSet<>();
			requests.values().forEach((request) -> admit(request, requests.keySet(), claim, claimed, held));
			return new Admission(claimed, held, this.cancelled);
		});
	}

	private void revoke(Revocation revocation, Claim claim) {
		this.revoked.add(revocation.invitationId());
		this.rows.values()
			.stream()
			.filter((row) -> row.id().invitationId().equals(revocation.invitationId()))
			.filter((row) -> row.state == DeliveryState.DEFERRED && row.isFree(claim.now()))
			.forEach((row) -> cancel(row, Cancelled.REVOKED, claim.now()));
	}

	private void admit(DeliveryRequest request, Set<DeliveryId> batch, Claim claim, List<Delivery> claimed,
			Set<DeliveryId> held) {
		Row row = this.rows.computeIfAbsent(request.id(), (id) -> new Row(request));
		if (row.state != DeliveryState.QUEUED) {
			return;
		}
		if (!row.isFree(claim.now())) {
			held.add(request.id());
			return;
		}
		String unwanted = unwanted(row, batch, claim.now());
		if (unwanted != null) {
			cancel(row, unwanted, claim.now());
			return;
		}
		row.claim = claim;
		claimed.add(new Delivery(request, row.attempts));
		this.rows.values()
			.stream()
			.filter((older) -> isLater(request.id(), older.id()))
			.filter((older) -> older.state == DeliveryState.DEFERRED && older.isFree(claim.now()))
			.forEach((older) -> cancel(older, Cancelled.SUPERSEDED, claim.now()));
	}

	private @Nullable String unwanted(Row row, Set<DeliveryId> batch, Instant now) {
		DeliveryRequest request = row.request;
		if (this.revoked.contains(request.id().invitationId())) {
			return Cancelled.REVOKED;
		}
		if (batch.stream().anyMatch((other) -> isLater(other, request.id()))
				|| this.rows.keySet().stream().anyMatch((other) -> isLater(other, request.id()))) {
			return Cancelled.SUPERSEDED;
		}
		if (row.cannotHaveBeenSent() && isOfCancelledBatch(request)) {
			return Cancelled.BATCH_CANCELLED;
		}
		return request.expiresAt().isAfter(now) ? null : Cancelled.EXPIRED;
	}

	private boolean isOfCancelledBatch(DeliveryRequest request) {
		return request.batchId() != null && this.cancelledBatches
			.containsKey(new BatchCancellation(request.batchId(), request.partnerSpaceId()));
	}

	private static boolean isLater(DeliveryId one, DeliveryId other) {
		return one.invitationId().equals(other.invitationId()) && one.generation() > other.generation();
	}

	private void cancel(Row row, String reason, Instant now) {
		row.state = DeliveryState.CANCELLED;
		row.claim = null;
		this.cancelled++;
		this.events.add(new Cancelled(row.subject(), now, reason));
	}

	@Override
	public Mono<Admission> claimDueSingle(int limit, Claim claim) {
		return transaction(
				() -> claimDue(due(claim).filter((row) -> !isOfBulkTopic(row)).limit(limit).toList(), claim));
	}

	@Override
	public Mono<Admission> claimDueOfBulks(UUID after, int limit, Claim claim) {
		return transaction(() -> {
			Map<String, List<Row>> waiting = due(claim).filter(InMemoryDeliveries::isOfBulkTopic)
				.collect(Collectors.groupingBy((row) -> row.request.partnerSpaceId().toString()));
			List<String> turns = waiting.keySet()
				.stream()
				.sorted(Comparator.comparing((String space) -> space.compareTo(after.toString()) <= 0)
					.thenComparing(Comparator.naturalOrder()))
				.limit(limit)
				.toList();
			int share = limit / Math.max(1, turns.size());
			List<Row> due = IntStream.range(0, share)
				.boxed()
				.flatMap((i) -> turns.stream().map(waiting::get).flatMap((rows) -> rows.stream().skip(i).limit(1)))
				.toList();
			return claimDue(due, claim);
		});
	}

	private static boolean isOfBulkTopic(Row row) {
		return row.request.original().topic().equals(Topics.INVITATION_REQUESTS_BULK);
	}

	private Stream<Row> due(Claim claim) {
		return this.rows.values()
			.stream()
			.filter((row) -> row.state == DeliveryState.DEFERRED && row.isFree(claim.now()))
			.filter((row) -> !row.nextAttemptAt.isAfter(claim.now()))
			.sorted(Comparator.comparing((row) -> row.nextAttemptAt));
	}

	private Admission claimDue(List<Row> due, Claim claim) {
		List<Delivery> claimed = new ArrayList<>();
		this.cancelled = 0;
		due.forEach((row) -> claimDue(row, claim, claimed));
		return new Admission(claimed, Set.of(), this.cancelled);
	}

	private void claimDue(Row row, Claim claim, List<Delivery> claimed) {
		String unwanted = unwanted(row, Set.of(), claim.now());
		if (unwanted != null) {
			cancel(row, unwanted, claim.now());
		}
		else {
			row.claim = claim;
			claimed.add(new Delivery(row.request, row.attempts));
		}
	}

	@Override
	public Mono<Void> record(Collection<Attempt> attempts, Claim claim) {
		if (this.hangingWhileRecording) {
			return Mono.never();
		}
		this.recordings++;
		Mono<Void> opened = (this.gate != null) ? this.gate.asMono() : Mono.empty();
		return opened.then(transaction(() -> {
			attempts.forEach(this::requireStorable);
			attempts.forEach((attempt) -> record(attempt, claim));
			return attempts;
		})).then();
	}

	private void requireStorable(Attempt attempt) {
		if (this.refusedAltogether.contains(attempt.delivery().id())) {
			throw new OutcomeRefused(new IllegalArgumentException("out of range"));
		}
		if (this.refusedRetries.contains(attempt.delivery().id()) && attempt instanceof Attempt.Deferred) {
			throw new OutcomeRefused(new IllegalArgumentException("invalid byte sequence"));
		}
		if (this.refused.contains(attempt.delivery().id()) && !attempt.equals(attempt.withoutReply())) {
			throw new OutcomeRefused(new IllegalArgumentException("invalid byte sequence"));
		}
	}

	private void record(Attempt attempt, Claim claim) {
		Row row = Objects.requireNonNull(this.rows.get(attempt.delivery().id()));
		boolean ours = row.claim != null && row.claim.id().equals(claim.id());
		if (row.state == DeliveryState.SENT || !(ours || attempt instanceof Attempt.Sent)) {
			return;
		}
		row.claim = null;
		if (!(attempt instanceof Attempt.NotMade)) {
			row.attempts++;
		}
		switch (attempt) {
			case Attempt.Sent it -> row.state = DeliveryState.SENT;
			case Attempt.Deferred it -> {
				row.state = DeliveryState.DEFERRED;
				row.nextAttemptAt = it.nextAttemptAt();
				row.maybeSent |= it.failure().reasonCode().equals(MailDeferred.MAYBE_DELIVERED);
			}
			case Attempt.Rejected it -> {
				row.state = DeliveryState.REJECTED;
				this.deadLetters.add(it.deadLetter());
			}
			case Attempt.NotMade it -> {
				// Given back, nothing else.
			}
		}
		if (attempt instanceof Attempt.Made made) {
			this.events.add(made.event(row.attempts));
		}
	}

	@Override
	public Mono<Void> giveUp(Collection<UselessRequest> requests) {
		return transaction(() -> {
			requests.forEach((request) -> {
				this.deadLetters.add(request.letter());
				request.event().ifPresent((event) -> reject(event, request.letter()));
			});
			return requests;
		}).then();
	}

	private void reject(DeliveryEvent.Undeliverable event, DeadLetter letter) {
		DeliveryEvent.Subject subject = event.subject();
		if (!this.rows.containsKey(subject.id())) {
			Row row = new Row(new DeliveryRequest(subject.id(), subject.partnerSpaceId(), subject.clientId(), "", "",
					"", "", null, List.of(), letter.at(), letter.at(), null, letter.record()));
			row.state = DeliveryState.REJECTED;
			this.rows.put(subject.id(), row);
			this.events.add(event);
		}
	}

	@Override
	public Mono<Integer> cancelDeferred(int limit, Instant now) {
		return transaction(() -> {
			this.cancelled = 0;
			this.rows.values()
				.stream()
				.filter((row) -> row.state == DeliveryState.DEFERRED && row.cannotHaveBeenSent()
						&& isOfCancelledBatch(row.request))
				.limit(limit)
				.forEach((row) -> cancel(row, Cancelled.BATCH_CANCELLED, now));
			return this.cancelled;
		});
	}

	@Override
	public Mono<Long> forgetCancelledBatches(Instant before) {
		return transaction(() -> {
			int known = this.cancelledBatches.size();
			this.cancelledBatches.values().removeIf((since) -> since.isBefore(before));
			return (long) known - this.cancelledBatches.size();
		});
	}

	@Override
	public Mono<RetryQueue> retryQueue(Instant now) {
		return transaction(() -> {
			List<Row> deferred = this.rows.values()
				.stream()
				.filter((row) -> row.state == DeliveryState.DEFERRED)
				.toList();
			long due = deferred.stream().filter((row) -> !row.nextAttemptAt.isAfter(now)).count();
			return new RetryQueue(due, deferred.size() - due);
		});
	}

	private static final class Row {

		private final DeliveryRequest request;

		private DeliveryState state = DeliveryState.QUEUED;

		private @Nullable Claim claim;

		private Instant nextAttemptAt = Instant.EPOCH;

		private int attempts;

		private boolean maybeSent;

		Row(DeliveryRequest request) {
			this.request = request;
		}

		DeliveryId id() {
			return this.request.id();
		}

		boolean isFree(Instant now) {
			return this.claim == null || !this.claim.until().isAfter(now);
		}

		boolean cannotHaveBeenSent() {
			return this.claim == null && !this.maybeSent;
		}

		DeliveryEvent.Subject subject() {
			return new DeliveryEvent.Subject(this.request.id(), this.request.partnerSpaceId(), this.request.clientId());
		}

	}

}
