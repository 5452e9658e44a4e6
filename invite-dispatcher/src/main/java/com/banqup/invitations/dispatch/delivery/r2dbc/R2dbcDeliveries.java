package com.banqup.invitations.dispatch.delivery.r2dbc;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import com.banqup.invitations.dispatch.deadletter.DeadLetter;
import com.banqup.invitations.dispatch.deadletter.DeadLetters;
import com.banqup.invitations.dispatch.deadletter.OriginalRecord;
import com.banqup.invitations.dispatch.delivery.Admission;
import com.banqup.invitations.dispatch.delivery.Attempt;
import com.banqup.invitations.dispatch.delivery.Claim;
import com.banqup.invitations.dispatch.delivery.Deliveries;
import com.banqup.invitations.dispatch.delivery.Delivery;
import com.banqup.invitations.dispatch.delivery.DeliveryEvent;
import com.banqup.invitations.dispatch.delivery.DeliveryEvents;
import com.banqup.invitations.dispatch.delivery.DeliveryId;
import com.banqup.invitations.dispatch.delivery.DeliveryRequest;
import com.banqup.invitations.dispatch.delivery.DeliveryState;
import com.banqup.invitations.dispatch.delivery.RequestBatch;
import com.banqup.invitations.dispatch.delivery.Revocation;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.transaction.reactive.TransactionalOperator;

/** The ledger in PostgreSQL. Every decision is one statement for the whole batch. */
public final class R2dbcDeliveries implements Deliveries {

	private static final String REVOKE = """
			with revoked as (
			    select * from unnest(:ids, :requestedAts) as r (invitation_id, requested_at)
			), remembered as (
			    insert into revocations (invitation_id, revoked_at)
			    select distinct on (invitation_id) invitation_id, requested_at from revoked
			    order by invitation_id, requested_at
			    on conflict do nothing
			), cancelled as (
			    update deliveries d
			    set state = 'CANCELLED', reason_code = 'revoked', claim_id = null, claimed_until = null, changed_at = :now
			    from (select distinct invitation_id from revoked) r
			    where d.invitation_id = r.invitation_id
			        and d.state = 'DEFERRED' and (d.claimed_until is null or d.claimed_until <= :now)
			    returning d.invitation_id, d.generation, d.partner_space_id, d.client_id, d.reason_code
			), forgotten as (
			    delete from retries r using cancelled c
			    where r.invitation_id = c.invitation_id and r.generation = c.generation
			)
			select invitation_id, generation, partner_space_id, client_id, reason_code, 'CANCELLED' as verdict, 0 as attempts
			from cancelled
			""";

	/**
	 * Inserts or takes over what nobody holds. A row that is there and was not taken over
	 * is settled, or waits for its retry, or is held by another; one that is not even
	 * visible was inserted by another a moment ago.
	 */
	private static final String ADMIT = """
			with incoming as (
			    select * from unnest(:ids, :generations, :spaces, :clients, :requestedAts, :expiresAts, :outdated)
			        as r (invitation_id, generation, partner_space_id, client_id, requested_at, expires_at, outdated)
			), judged as (
			    select i.*,
			        case
			            when exists (select from revocations v where v.invitation_id = i.invitation_id) then 'revoked'
			            when i.outdated or exists (
			                select from deliveries d
			                where d.invitation_id = i.invitation_id and d.generation > i.generation) then 'superseded'
			            when i.expires_at <= :now then 'expired'
			        end as unwanted
			    from incoming i
			), decided as (
			    insert into deliveries as d (invitation_id, generation, partner_space_id, client_id,
			        state, reason_code, claim_id, claimed_until, requested_at, changed_at)
			    select invitation_id, generation, partner_space_id, client_id,
			        case when unwanted is null then 'QUEUED' else 'CANCELLED' end, unwanted,
			        case when unwanted is null then :claim end, case when unwanted is null then :until end,
			        requested_at, :now
			    from judged
			    order by invitation_id, generation
			    on conflict (invitation_id, generation) do update
			    set state = excluded.state, reason_code = excluded.reason_code, claim_id = excluded.claim_id,
			        claimed_until = excluded.claimed_until, changed_at = excluded.changed_at
			    where d.state = 'QUEUED' and (d.claimed_until is null or d.claimed_until <= :now)
			    returning d.invitation_id, d.generation, d.partner_space_id, d.client_id, d.reason_code, d.state, d.attempts
			), superseded as (
			    update deliveries d
			    set state = 'CANCELLED', reason_code = 'superseded', claim_id = null, claimed_until = null, changed_at = :now
			    from decided n
			    where n.state = 'QUEUED' and d.invitation_id = n.invitation_id and d.generation < n.generation
			        and d.state = 'DEFERRED' and (d.claimed_until is null or d.claimed_until <= :now)
			    returning d.invitation_id, d.generation, d.partner_space_id, d.client_id, d.reason_code
			), forgotten as (
			    delete from retries r using superseded s
			    where r.invitation_id = s.invitation_id and r.generation = s.generation
			)
			select invitation_id, generation, partner_space_id, client_id, reason_code,
			    case state when 'QUEUED' then 'CLAIMED' else 'CANCELLED' end as verdict, attempts
			from decided
			union all
			select invitation_id, generation, partner_space_id, client_id, reason_code, 'CANCELLED', 0
			from superseded
			union all
			select j.invitation_id, j.generation, j.partner_space_id, j.client_id, null, 'HELD', 0
			from judged j
			    left join decided n on n.invitation_id = j.invitation_id and n.generation = j.generation
			    left join deliveries d on d.invitation_id = j.invitation_id and d.generation = j.generation
			where n.invitation_id is null and (d.state is null or d.state = 'QUEUED')
			""";

	/** A claimed retry is due again when its claim ends, so a crash loses none. */
	private static final String CLAIM_DUE = """
			with due as (
			    select invitation_id, generation, expires_at from retries
			    where next_attempt_at <= :now
			    order by next_attempt_at
			    limit :limit
			    for update skip locked
			), judged as (
			    select r.*,
			        case
			            when exists (select from revocations v where v.invitation_id = r.invitation_id) then 'revoked'
			            when exists (
			                select from deliveries n
			                where n.invitation_id = r.invitation_id and n.generation > r.generation) then 'superseded'
			            when r.expires_at <= :now then 'expired'
			        end as unwanted
			    from due r
			), decided as (
			    update deliveries d
			    set state = case when j.unwanted is null then 'DEFERRED' else 'CANCELLED' end,
			        reason_code = coalesce(j.unwanted, d.reason_code),
			        claim_id = case when j.unwanted is null then :claim end,
			        claimed_until = case when j.unwanted is null then :until end,
			        changed_at = :now
			    from judged j
			    where d.invitation_id = j.invitation_id and d.generation = j.generation and d.state = 'DEFERRED'
			    returning d.invitation_id, d.generation, d.partner_space_id, d.client_id, d.reason_code, d.state,
			        d.attempts, d.requested_at
			), postponed as (
			    update retries r set next_attempt_at = :until from judged j
			    where r.invitation_id = j.invitation_id and r.generation = j.generation and j.unwanted is null
			), forgotten as (
			    delete from retries r using judged j
			    where r.invitation_id = j.invitation_id and r.generation = j.generation and j.unwanted is not null
			)
			select d.*, case d.state when 'DEFERRED' then 'CLAIMED' else 'CANCELLED' end as verdict,
			    r.expires_at, r.partner_name, r.client_name, r.email, r.language, r.message, r.permissions,
			    r.record_topic, r.record_partition, r.record_offset, r.record_timestamp, r.record_key, r.record_value,
			    r.record_headers
			from decided d
			    join retries r on r.invitation_id = d.invitation_id and r.generation = d.generation
			order by r.next_attempt_at
			""";

	/** A mail that was sent is a fact, whoever holds the delivery by now. */
	private static final String RECORD = """
			with outcome as (
			    select * from unnest(:ids, :generations, :states, :reasons, :failures, :replyCodes, :statuses, :replies,
			            :tooks, :ats)
			        as o (invitation_id, generation, state, reason_code, failure, reply_code, enhanced_status, reply,
			            took_millis, at)
			), recorded as (
			    update deliveries d
			    set state = o.state, reason_code = o.reason_code, attempts = d.attempts + 1,
			        claim_id = null, claimed_until = null, changed_at = o.at
			    from outcome o
			    where d.invitation_id = o.invitation_id and d.generation = o.generation
			        and d.state <> 'SENT' and (d.claim_id = :claim or o.state = 'SENT')
			    returning d.invitation_id, d.generation, d.attempts, o.at, o.state, o.failure, o.reply_code,
			        o.enhanced_status, o.reply, o.took_millis
			), noted as (
			    insert into attempts (invitation_id, generation, number, at, outcome, reason_code, reply_code,
			        enhanced_status, reply, took_millis)
			    select invitation_id, generation, attempts, at, state, failure, reply_code, enhanced_status, reply,
			        took_millis
			    from recorded
			), forgotten as (
			    delete from retries r using recorded o
			    where r.invitation_id = o.invitation_id and r.generation = o.generation and o.state <> 'DEFERRED'
			)
			select invitation_id, generation, attempts from recorded
			""";

	private static final String KEEP_FOR_RETRY = """
			insert into retries (invitation_id, generation, next_attempt_at, expires_at, partner_name, client_name, email,
			    language, message, permissions, record_topic, record_partition, record_offset, record_timestamp,
			    record_key, record_value, record_headers)
			select invitation_id, generation, next_attempt_at, expires_at, partner_name, client_name, email,
			    language, message, string_to_array(permissions, ','), record_topic, record_partition, record_offset,
			    record_timestamp, decode(record_key, 'base64'), decode(record_value, 'base64'),
			    decode(record_headers, 'base64')
			from unnest(:ids, :generations, :nextAttemptAts, :expiresAts, :partnerNames, :clientNames, :emails,
			        :languages, :messages, :permissions, :topics, :partitions, :offsets, :timestamps,
			        :keys, :values, :headers)
			    as r (invitation_id, generation, next_attempt_at, expires_at, partner_name, client_name, email,
			        language, message, permissions, record_topic, record_partition, record_offset, record_timestamp,
			        record_key, record_value, record_headers)
			on conflict (invitation_id, generation) do update set next_attempt_at = excluded.next_attempt_at
			""";

	private static final String GIVE_BACK = """
			with given as (
			    update deliveries d
			    set claim_id = null, claimed_until = null
			    from unnest(:ids, :generations) as g (invitation_id, generation)
			    where d.invitation_id = g.invitation_id and d.generation = g.generation and d.claim_id = :claim
			    returning d.invitation_id, d.generation
			)
			update retries r set next_attempt_at = :now from given g
			where r.invitation_id = g.invitation_id and r.generation = g.generation
			""";

	private static final String RETRY_QUEUE = """
			select count(*) filter (where next_attempt_at <= :now) as due, count(*) as all_of_them from retries
			""";

	private final DatabaseClient database;

	private final TransactionalOperator transaction;

	private final DeliveryEvents events;

	private final DeadLetters deadLetters;

	public R2dbcDeliveries(DatabaseClient database, TransactionalOperator transaction, DeliveryEvents events,
			DeadLetters deadLetters) {
		this.database = database;
		this.transaction = transaction;
		this.events = events;
		this.deadLetters = deadLetters;
	}

	@Override
	public Mono<Admission> admit(RequestBatch batch, Claim claim) {
		return revoke(batch.revocations(), claim).concatWith(admit(batch.requests(), claim))
			.collectList()
			.flatMap((verdicts) -> publishCancelled(verdicts, claim).thenReturn(admission(batch, verdicts)))
			.delayUntil((admission) -> addDeadLetters(batch.unusable()))
			.as(this.transaction::transactional);
	}

	private Flux<Verdict> revoke(List<Revocation> revocations, Claim claim) {
		if (revocations.isEmpty()) {
			return Flux.empty();
		}
		Columns<Revocation> columns = new Columns<>(revocations);
		return this.database.sql(REVOKE)
			.bind("ids", columns.column(Revocation::invitationId, UUID[]::new))
			.bind("requestedAts", columns.column(Revocation::requestedAt, Instant[]::new))
			.bind("now", claim.now())
			.map(R2dbcDeliveries::verdict)
			.all();
	}

	private Flux<Verdict> admit(List<DeliveryRequest> requests, Claim claim) {
		if (requests.isEmpty()) {
			return Flux.empty();
		}
		Map<UUID, Integer> latest = new HashMap<>();
		requests.forEach((request) -> latest.merge(request.id().invitationId(), request.id().generation(), Math::max));
		Columns<DeliveryRequest> columns = new Columns<>(byId(requests).values());
		return this.database.sql(ADMIT)
			.bind("ids", columns.column((request) -> request.id().invitationId(), UUID[]::new))
			.bind("generations", columns.column((request) -> request.id().generation(), Integer[]::new))
			.bind("spaces", columns.column(DeliveryRequest::partnerSpaceId, UUID[]::new))
			.bind("clients", columns.column(DeliveryRequest::clientId, UUID[]::new))
			.bind("requestedAts", columns.column(DeliveryRequest::requestedAt, Instant[]::new))
			.bind("expiresAts", columns.column(DeliveryRequest::expiresAt, Instant[]::new))
			.bind("outdated", columns.column((request) -> isOutdated(request.id(), latest), Boolean[]::new))
			.bind("claim", claim.id())
			.bind("until", claim.until())
			.bind("now", claim.now())
			.map(R2dbcDeliveries::verdict)
			.all();
	}

	private static boolean isOutdated(DeliveryId id, Map<UUID, Integer> latest) {
		return id.generation() < Objects.requireNonNull(latest.get(id.invitationId()));
	}

	private static Map<DeliveryId, DeliveryRequest> byId(List<DeliveryRequest> requests) {
		Map<DeliveryId, DeliveryRequest> byId = LinkedHashMap.newLinkedHashMap(requests.size());
		requests.forEach((request) -> byId.putIfAbsent(request.id(), request));
		return byId;
	}

	private static Admission admission(RequestBatch batch, List<Verdict> verdicts) {
		Map<DeliveryId, Verdict> claimed = HashMap.newHashMap(verdicts.size());
		List<DeliveryId> held = new ArrayList<>();
		for (Verdict verdict : verdicts) {
			switch (verdict.kind()) {
				case CLAIMED -> claimed.put(verdict.subject().id(), verdict);
				case HELD -> held.add(verdict.subject().id());
				case CANCELLED -> {
					// Its event is on its way; there is nothing left to do.
				}
			}
		}
		List<Delivery> deliveries = new ArrayList<>(claimed.size());
		byId(batch.requests()).forEach((id, request) -> {
			Verdict verdict = claimed.get(id);
			if (verdict != null) {
				deliveries.add(new Delivery(request, verdict.attempts()));
			}
		});
		return new Admission(deliveries, Set.copyOf(held));
	}

	@Override
	public Mono<List<Delivery>> claimDue(int limit, Claim claim) {
		return this.database.sql(CLAIM_DUE)
			.bind("now", claim.now())
			.bind("limit", limit)
			.bind("claim", claim.id())
			.bind("until", claim.until())
			.map((row) -> new Due(verdict(row), request(row)))
			.all()
			.collectList()
			.delayUntil((due) -> publishCancelled(due.stream().map(Due::verdict).toList(), claim))
			.map(R2dbcDeliveries::claimed)
			.as(this.transaction::transactional);
	}

	private static List<Delivery> claimed(List<Due> due) {
		return due.stream()
			.filter((retry) -> retry.verdict().kind() == Verdict.Kind.CLAIMED)
			.map((retry) -> new Delivery(retry.request(), retry.verdict().attempts()))
			.toList();
	}

	@Override
	public Mono<Void> record(Collection<Attempt> attempts, Claim claim) {
		List<Attempt.NotMade> notMade = only(Attempt.NotMade.class, attempts);
		List<Attempt> made = attempts.stream().filter((attempt) -> !(attempt instanceof Attempt.NotMade)).toList();
		return recordMade(made, claim).then(giveBack(notMade, claim)).as(this.transaction::transactional);
	}

	private Mono<Void> recordMade(List<Attempt> made, Claim claim) {
		if (made.isEmpty()) {
			return Mono.empty();
		}
		Columns<Outcome> columns = new Columns<>(made.stream().map(Outcome::of).toList());
		return this.database.sql(RECORD)
			.bind("ids", columns.column((outcome) -> outcome.id().invitationId(), UUID[]::new))
			.bind("generations", columns.column((outcome) -> outcome.id().generation(), Integer[]::new))
			.bind("states", columns.column((outcome) -> outcome.state().name(), String[]::new))
			.bind("reasons", columns.column(Outcome::reasonCode, String[]::new))
			.bind("failures", columns.column(Outcome::failure, String[]::new))
			.bind("replyCodes", columns.column(Outcome::replyCode, Integer[]::new))
			.bind("statuses", columns.column(Outcome::enhancedStatus, String[]::new))
			.bind("replies", columns.column(Outcome::reply, String[]::new))
			.bind("tooks", columns.column(Outcome::tookMillis, Long[]::new))
			.bind("ats", columns.column(Outcome::at, Instant[]::new))
			.bind("claim", claim.id())
			.map((row) -> Map.entry(id(row), integer(row, "attempts")))
			.all()
			.collectMap(Map.Entry::getKey, Map.Entry::getValue)
			.flatMap((recorded) -> follow(made, recorded));
	}

	/** What follows from the attempts that counted. */
	private Mono<Void> follow(List<Attempt> made, Map<DeliveryId, Integer> recorded) {
		List<Attempt> counted = made.stream()
			.filter((attempt) -> recorded.containsKey(attempt.delivery().id()))
			.toList();
		List<DeliveryEvent> published = counted.stream()
			.map((attempt) -> event(attempt, Objects.requireNonNull(recorded.get(attempt.delivery().id()))))
			.toList();
		List<DeadLetter> letters = only(Attempt.Rejected.class, counted).stream()
			.map(R2dbcDeliveries::deadLetter)
			.toList();
		return keepForRetry(only(Attempt.Deferred.class, counted)).then(addDeadLetters(letters))
			.then(Mono.defer(() -> this.events.publish(published)));
	}

	private Mono<Void> keepForRetry(List<Attempt.Deferred> deferred) {
		if (deferred.isEmpty()) {
			return Mono.empty();
		}
		Columns<Attempt.Deferred> attempts = new Columns<>(deferred);
		Columns<DeliveryRequest> requests = new Columns<>(
				deferred.stream().map((attempt) -> attempt.delivery().request()).toList());
		Columns<OriginalRecord> records = new Columns<>(
				deferred.stream().map((attempt) -> attempt.delivery().request().original()).toList());
		return this.database.sql(KEEP_FOR_RETRY)
			.bind("ids", requests.column((request) -> request.id().invitationId(), UUID[]::new))
			.bind("generations", requests.column((request) -> request.id().generation(), Integer[]::new))
			.bind("nextAttemptAts", attempts.column(Attempt.Deferred::nextAttemptAt, Instant[]::new))
			.bind("expiresAts", requests.column(DeliveryRequest::expiresAt, Instant[]::new))
			.bind("partnerNames", requests.column(DeliveryRequest::partnerName, String[]::new))
			.bind("clientNames", requests.column(DeliveryRequest::clientName, String[]::new))
			.bind("emails", requests.column(DeliveryRequest::email, String[]::new))
			.bind("languages", requests.column(DeliveryRequest::language, String[]::new))
			.bind("messages", requests.column(DeliveryRequest::message, String[]::new))
			.bind("permissions", requests.column((request) -> String.join(",", request.permissions()), String[]::new))
			.bind("topics", records.column(OriginalRecord::topic, String[]::new))
			.bind("partitions", records.column(OriginalRecord::partition, Integer[]::new))
			.bind("offsets", records.column(OriginalRecord::offset, Long[]::new))
			.bind("timestamps", records.column(OriginalRecord::timestamp, Instant[]::new))
			.bind("keys", records.bytes(OriginalRecord::key))
			.bind("values", records.bytes(OriginalRecord::value))
			.bind("headers", records.bytes(OriginalRecord::headerBytes))
			.then();
	}

	private Mono<Void> giveBack(List<Attempt.NotMade> notMade, Claim claim) {
		if (notMade.isEmpty()) {
			return Mono.empty();
		}
		Columns<Attempt.NotMade> columns = new Columns<>(notMade);
		return this.database.sql(GIVE_BACK)
			.bind("ids", columns.column((attempt) -> attempt.delivery().id().invitationId(), UUID[]::new))
			.bind("generations", columns.column((attempt) -> attempt.delivery().id().generation(), Integer[]::new))
			.bind("claim", claim.id())
			.bind("now", claim.now())
			.then();
	}

	@Override
	public Mono<RetryQueue> retryQueue(Instant now) {
		return this.database.sql(RETRY_QUEUE).bind("now", now).map((row) -> {
			long due = required(row, "due", Long.class);
			return new RetryQueue(due, required(row, "all_of_them", Long.class) - due);
		}).one();
	}

	private Mono<Void> publishCancelled(List<Verdict> verdicts, Claim claim) {
		List<DeliveryEvent.Cancelled> cancelled = verdicts.stream()
			.filter((verdict) -> verdict.kind() == Verdict.Kind.CANCELLED)
			.map((verdict) -> new DeliveryEvent.Cancelled(verdict.subject(), claim.now(),
					Objects.requireNonNull(verdict.reasonCode())))
			.toList();
		return cancelled.isEmpty() ? Mono.empty() : this.events.publish(cancelled);
	}

	private Mono<Void> addDeadLetters(List<DeadLetter> letters) {
		return letters.isEmpty() ? Mono.empty() : this.deadLetters.add(letters);
	}

	private static DeliveryEvent event(Attempt attempt, int attempts) {
		DeliveryRequest request = attempt.delivery().request();
		DeliveryEvent.Subject subject = new DeliveryEvent.Subject(request.id(), request.partnerSpaceId(),
				request.clientId());
		return switch (attempt) {
			case Attempt.Sent it -> new DeliveryEvent.Sent(subject, it.at(), it.receipt().replyCode(), attempts);
			case Attempt.Deferred it -> new DeliveryEvent.Deferred(subject, it.at(), it.failure().reasonCode(),
					it.failure().replyCode(), attempts, it.nextAttemptAt());
			case Attempt.Rejected it -> new DeliveryEvent.Undeliverable(subject, it.at(), it.reasonCode(),
					it.failure().replyCode(), it.failure().enhancedStatus(), attempts);
			case Attempt.NotMade it -> throw new IllegalArgumentException("no attempt of %s".formatted(request.id()));
		};
	}

	private static DeadLetter deadLetter(Attempt.Rejected attempt) {
		Attempt.Failure failure = attempt.failure();
		String detail = "%s (reply %s %s): %s".formatted(failure.reasonCode(), failure.replyCode(),
				failure.enhancedStatus(), failure.text());
		return new DeadLetter(attempt.delivery().request().original(), attempt.reasonCode(), detail, attempt.at());
	}

	private static <T extends Attempt> List<T> only(Class<T> kind, Collection<? extends Attempt> attempts) {
		return attempts.stream().filter(kind::isInstance).map(kind::cast).toList();
	}

	private static Verdict verdict(Readable row) {
		DeliveryEvent.Subject subject = new DeliveryEvent.Subject(id(row),
				required(row, "partner_space_id", UUID.class), required(row, "client_id", UUID.class));
		return new Verdict(Verdict.Kind.valueOf(required(row, "verdict", String.class)), subject,
				row.get("reason_code", String.class), integer(row, "attempts"));
	}

	private static DeliveryRequest request(Readable row) {
		return new DeliveryRequest(id(row), required(row, "partner_space_id", UUID.class),
				required(row, "client_id", UUID.class), required(row, "partner_name", String.class),
				required(row, "client_name", String.class), required(row, "email", String.class),
				required(row, "language", String.class), row.get("message", String.class),
				Arrays.asList(required(row, "permissions", String[].class)), instant(row, "requested_at"),
				instant(row, "expires_at"), original(row));
	}

	private static OriginalRecord original(Readable row) {
		return new OriginalRecord(required(row, "record_topic", String.class), integer(row, "record_partition"),
				required(row, "record_offset", Long.class), instant(row, "record_timestamp"),
				row.get("record_key", byte[].class), row.get("record_value", byte[].class),
				OriginalRecord.headersOf(required(row, "record_headers", byte[].class)));
	}

	private static DeliveryId id(Readable row) {
		return new DeliveryId(required(row, "invitation_id", UUID.class), integer(row, "generation"));
	}

	private static Instant instant(Readable row, String column) {
		return required(row, column, Instant.class);
	}

	private static int integer(Readable row, String column) {
		return required(row, column, Integer.class);
	}

	private static <T> T required(Readable row, String column, Class<T> type) {
		return Objects.requireNonNull(row.get(column, type), column);
	}

	/** What the ledger says to a delivery. */
	private record Verdict(Kind kind, DeliveryEvent.Subject subject, @Nullable String reasonCode, int attempts) {

		private enum Kind {

			CLAIMED, CANCELLED, HELD

		}

	}

	/** A retry whose time has come, wanted or not. */
	private record Due(Verdict verdict, DeliveryRequest request) {
	}

	/** An attempt as a row. */
	private record Outcome(DeliveryId id, DeliveryState state, @Nullable String reasonCode, @Nullable String failure,
			@Nullable Integer replyCode, @Nullable String enhancedStatus, String reply, long tookMillis, Instant at) {

		static Outcome of(Attempt attempt) {
			DeliveryId id = attempt.delivery().id();
			return switch (attempt) {
				case Attempt.Sent it -> new Outcome(id, DeliveryState.SENT, null, null, it.receipt().replyCode(), null,
						it.receipt().reply(), it.receipt().took().toMillis(), it.at());
				case Attempt.Deferred it ->
					failed(id, DeliveryState.DEFERRED, it.failure().reasonCode(), it.failure(), it.at());
				case Attempt.Rejected it -> failed(id, DeliveryState.REJECTED, it.reasonCode(), it.failure(), it.at());
				case Attempt.NotMade it -> throw new IllegalArgumentException("no attempt of %s".formatted(id));
			};
		}

		private static Outcome failed(DeliveryId id, DeliveryState state, String reasonCode, Attempt.Failure failure,
				Instant at) {
			return new Outcome(id, state, reasonCode, failure.reasonCode(), failure.replyCode(),
					failure.enhancedStatus(), failure.text(), failure.took().toMillis(), at);
		}

	}

}
