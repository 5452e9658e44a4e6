package com.banqup.invitations.dispatch.delivery.r2dbc;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;

import com.banqup.invitations.dispatch.deadletter.OriginalRecord;
import com.banqup.invitations.dispatch.deadletter.r2dbc.Columns;
import com.banqup.invitations.dispatch.deadletter.r2dbc.Rows;
import com.banqup.invitations.dispatch.delivery.Admission;
import com.banqup.invitations.dispatch.delivery.Attempt;
import com.banqup.invitations.dispatch.delivery.Claim;
import com.banqup.invitations.dispatch.delivery.Deliveries.RetryQueue;
import com.banqup.invitations.dispatch.delivery.Delivery;
import com.banqup.invitations.dispatch.delivery.DeliveryRequest;
import com.banqup.invitations.dispatch.mail.MailDeferred;
import io.r2dbc.spi.Readable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;

/** The requests behind deferred deliveries, as part of the running transaction. */
final class Retries {

	/**
	 * The longest due of those that came by the topic of single requests. Topics stand in
	 * the statements as in the indexes. Their deliveries are looked up one by one, by the
	 * index, also where the planner does not know yet that the table has grown.
	 */
	private static final String DUE_SINGLE = """
			with due as (
			    select r.invitation_id, r.generation, r.expires_at, r.batch_id, d.partner_space_id, d.claim_id, 1 as turn
			    from retries r cross join lateral (
			        select d.partner_space_id, d.claim_id
			        from deliveries d
			        where d.invitation_id = r.invitation_id and d.generation = r.generation
			            and d.state = 'DEFERRED' and (d.claimed_until is null or d.claimed_until <= :now)
			        for update skip locked) d
			    where r.record_topic <> 'invitation-requests-bulk' and r.next_attempt_at <= :now
			    order by r.next_attempt_at
			    limit :limit
			    for update of r skip locked
			)
			""";

	/**
	 * Goes from one Partner Space to the next by the index, each with its longest due
	 * mail, once around from the one that had the last turn, and no further than there
	 * are turns. Those with something due share them: the longest due of each. The last
	 * limit leaves out none; it tells the planner how few there are.
	 */
	private static final String DUE_OF_BULKS = """
			with recursive round (partner_space_id, next_attempt_at, up_to) as (
			    select cast(:after as uuid), timestamptz 'infinity', uuid 'ffffffff-ffff-ffff-ffff-ffffffffffff'
			    union all
			    select next.*
			    from round last cross join lateral (
			        (select r.partner_space_id, r.next_attempt_at, last.up_to
			        from retries r
			        where r.record_topic = 'invitation-requests-bulk'
			            and r.partner_space_id > last.partner_space_id and r.partner_space_id <= last.up_to
			        order by r.partner_space_id, r.next_attempt_at
			        limit 1)
			        union all
			        (select r.partner_space_id, r.next_attempt_at, cast(:after as uuid)
			        from retries r
			        where r.record_topic = 'invitation-requests-bulk' and r.partner_space_id <= :after and last.up_to > :after
			        order by r.partner_space_id, r.next_attempt_at
			        limit 1)
			        limit 1) next
			), turns as (
			    select partner_space_id, row_number() over () as turn, count(*) over () as turns
			    from (select partner_space_id from round where next_attempt_at <= :now limit :limit) waiting
			), due as (
			    select oldest.*, t.turn
			    from turns t cross join lateral (
			        select r.invitation_id, r.generation, r.expires_at, r.batch_id, d.partner_space_id, d.claim_id
			        from retries r cross join lateral (
			            select d.partner_space_id, d.claim_id
			            from deliveries d
			            where d.invitation_id = r.invitation_id and d.generation = r.generation
			                and d.state = 'DEFERRED' and (d.claimed_until is null or d.claimed_until <= :now)
			            for update skip locked) d
			        where r.record_topic = 'invitation-requests-bulk' and r.partner_space_id = t.partner_space_id
			            and r.next_attempt_at <= :now
			        order by r.next_attempt_at
			        limit :limit / t.turns
			        for update of r skip locked) oldest
			    limit :limit
			)
			""";

	/**
	 * A claimed retry is due again when its claim ends, so a crash loses none. Locks are
	 * taken on deliveries first, as everywhere; what another holds is passed over.
	 */
	private static final String CLAIM_DUE = """
			, judged as (
			    select r.*,
			        case
			            when exists (select from revocations v where v.invitation_id = r.invitation_id) then 'revoked'
			            when exists (
			                select from deliveries n
			                where n.invitation_id = r.invitation_id and n.generation > r.generation) then 'superseded'
			            when r.claim_id is null and exists (
			                select from cancelled_batches c
			                where c.batch_id = r.batch_id and c.partner_space_id = r.partner_space_id)
			                and not exists (
			                    select from attempts a
			                    where a.invitation_id = r.invitation_id and a.generation = r.generation
			                        and a.reason_code = :maybeDelivered)
			                then 'batch-cancelled'
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
			        d.attempts, d.requested_at, j.turn
			), postponed as (
			    update retries r set next_attempt_at = :until from judged j
			    where r.invitation_id = j.invitation_id and r.generation = j.generation and j.unwanted is null
			), forgotten as (
			    delete from retries r using judged j
			    where r.invitation_id = j.invitation_id and r.generation = j.generation and j.unwanted is not null
			)
			select d.*, case d.state when 'DEFERRED' then 'CLAIMED' else 'CANCELLED' end as verdict,
			    r.expires_at, r.batch_id, r.partner_name, r.client_name, r.email, r.language, r.message, r.permissions,
			    r.record_topic, r.record_partition, r.record_offset, r.record_timestamp, r.record_key, r.record_value,
			    r.record_headers
			from decided d
			    join retries r on r.invitation_id = d.invitation_id and r.generation = d.generation
			order by row_number() over (partition by d.turn order by r.next_attempt_at), d.turn
			""";

	private static final String CLAIM_DUE_SINGLE = DUE_SINGLE + CLAIM_DUE;

	private static final String CLAIM_DUE_OF_BULKS = DUE_OF_BULKS + CLAIM_DUE;

	/**
	 * A delivery with a claim, be it one that has ended, may have been sent, and so may
	 * one with an attempt that nobody knows the end of. Their next attempt tells.
	 */
	private static final String CANCEL_DEFERRED = """
			with unwanted as (
			    select r.invitation_id, r.generation
			    from cancelled_batches c
			        join retries r on r.batch_id = c.batch_id
			        join deliveries d on d.invitation_id = r.invitation_id and d.generation = r.generation
			            and d.partner_space_id = c.partner_space_id
			    where d.state = 'DEFERRED' and d.claim_id is null
			        and not exists (
			            select from attempts a
			            where a.invitation_id = d.invitation_id and a.generation = d.generation
			                and a.reason_code = :maybeDelivered)
			    limit :limit
			    for update of d, r skip locked
			), cancelled as (
			    update deliveries d
			    set state = 'CANCELLED', reason_code = 'batch-cancelled', changed_at = :now
			    from unwanted u
			    where d.invitation_id = u.invitation_id and d.generation = u.generation
			    returning d.invitation_id, d.generation, d.partner_space_id, d.client_id, d.reason_code
			), forgotten as (
			    delete from retries r using cancelled c
			    where r.invitation_id = c.invitation_id and r.generation = c.generation
			)
			select invitation_id, generation, partner_space_id, client_id, reason_code, 'CANCELLED' as verdict, 0 as attempts
			from cancelled
			""";

	private static final String FORGET_CANCELLED_BATCHES = """
			delete from cancelled_batches where known_since < :before
			""";

	private static final String KEEP_FOR_RETRY = """
			insert into retries (invitation_id, generation, next_attempt_at, expires_at, partner_name, client_name, email,
			    language, message, permissions, batch_id, partner_space_id, record_topic, record_partition, record_offset,
			    record_timestamp, record_key, record_value, record_headers)
			select invitation_id, generation, next_attempt_at, expires_at, partner_name, client_name, email,
			    language, message, string_to_array(permissions, ','), batch_id, partner_space_id, record_topic,
			    record_partition, record_offset, record_timestamp, decode(record_key, 'base64'), decode(record_value, 'base64'),
			    decode(record_headers, 'base64')
			from unnest(:ids, :generations, :nextAttemptAts, :expiresAts, :partnerNames, :clientNames, :emails,
			        :languages, :messages, :permissions, :batches, :spaces, :topics, :partitions, :offsets, :timestamps,
			        :keys, :values, :headers)
			    as r (invitation_id, generation, next_attempt_at, expires_at, partner_name, client_name, email,
			        language, message, permissions, batch_id, partner_space_id, record_topic, record_partition,
			        record_offset, record_timestamp, record_key, record_value, record_headers)
			on conflict (invitation_id, generation) do update
			set next_attempt_at = excluded.next_attempt_at, partner_space_id = excluded.partner_space_id
			""";

	private static final String RETRY_QUEUE = """
			select count(*) filter (where next_attempt_at <= :now) as due, count(*) as all_of_them from retries
			""";

	private final DatabaseClient database;

	Retries(DatabaseClient database) {
		this.database = database;
	}

	/** Claims what is due and wanted, and cancels what is due and not wanted. */
	Flux<Due> claimDueSingle(int limit, Claim claim) {
		return claimDue(this.database.sql(CLAIM_DUE_SINGLE), limit, claim);
	}

	/** The same of bulks; begins with the Partner Space after this one. */
	Flux<Due> claimDueOfBulks(UUID after, int limit, Claim claim) {
		return claimDue(this.database.sql(CLAIM_DUE_OF_BULKS).bind("after", after), limit, claim);
	}

	private static Flux<Due> claimDue(GenericExecuteSpec statement, int limit, Claim claim) {
		return statement.bind("now", claim.now())
			.bind("limit", limit)
			.bind("claim", claim.id())
			.bind("until", claim.until())
			.bind("maybeDelivered", MailDeferred.MAYBE_DELIVERED)
			.map((row) -> new Due(Verdict.of(row), request(row)))
			.all();
	}

	/** Cancels what of cancelled bulks nobody is at. */
	Flux<Verdict> cancelDeferred(int limit, Instant now) {
		return this.database.sql(CANCEL_DEFERRED)
			.bind("limit", limit)
			.bind("now", now)
			.bind("maybeDelivered", MailDeferred.MAYBE_DELIVERED)
			.map(Verdict::of)
			.all();
	}

	/** Forgets the bulks whose cancellation is known for longer. */
	Mono<Long> forgetCancelledBatches(Instant before) {
		return this.database.sql(FORGET_CANCELLED_BATCHES).bind("before", before).fetch().rowsUpdated();
	}

	/** Keeps what is needed to try again. */
	Mono<Void> keep(List<Attempt.Deferred> deferred) {
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
			.bind("batches", requests.column(DeliveryRequest::batchId, UUID[]::new))
			.bind("spaces", requests.column(DeliveryRequest::partnerSpaceId, UUID[]::new))
			.bind("topics", records.column(OriginalRecord::topic, String[]::new))
			.bind("partitions", records.column(OriginalRecord::partition, Integer[]::new))
			.bind("offsets", records.column(OriginalRecord::offset, Long[]::new))
			.bind("timestamps", records.column(OriginalRecord::timestamp, Instant[]::new))
			.bind("keys", records.bytes(OriginalRecord::key))
			.bind("values", records.bytes(OriginalRecord::value))
			.bind("headers", records.bytes(OriginalRecord::headerBytes))
			.then();
	}

	/** How many there are. */
	Mono<RetryQueue> count(Instant now) {
		return this.database.sql(RETRY_QUEUE).bind("now", now).map((row) -> {
			long due = Rows.required(row, "due", Long.class);
			return new RetryQueue(due, Rows.required(row, "all_of_them", Long.class) - due);
		}).one();
	}

	private static DeliveryRequest request(Readable row) {
		return new DeliveryRequest(Verdict.idOf(row), Rows.required(row, "partner_space_id", UUID.class),
				Rows.required(row, "client_id", UUID.class), Rows.required(row, "partner_name", String.class),
				Rows.required(row, "client_name", String.class), Rows.required(row, "email", String.class),
				Rows.required(row, "language", String.class), row.get("message", String.class),
				Arrays.asList(Rows.required(row, "permissions", String[].class)),
				Rows.required(row, "requested_at", Instant.class), Rows.required(row, "expires_at", Instant.class),
				row.get("batch_id", UUID.class), Rows.original(row));
	}

	/**
	 * A retry whose time has come, wanted or not.
	 *
	 * @param verdict whether it is wanted
	 * @param request what is asked for
	 */
	record Due(Verdict verdict, DeliveryRequest request) {

		static Admission admission(List<Due> due) {
			List<Delivery> claimed = due.stream()
				.filter((retry) -> retry.verdict().kind() == Verdict.Kind.CLAIMED)
				.map((retry) -> new Delivery(retry.request(), retry.verdict().attempts()))
				.toList();
			return new Admission(claimed, Set.of(), due.size() - claimed.size());
		}

	}

}
