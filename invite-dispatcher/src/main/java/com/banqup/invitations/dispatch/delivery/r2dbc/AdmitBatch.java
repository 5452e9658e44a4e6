package com.banqup.invitations.dispatch.delivery.r2dbc;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import com.banqup.invitations.dispatch.deadletter.r2dbc.Columns;
import com.banqup.invitations.dispatch.delivery.Admission;
import com.banqup.invitations.dispatch.delivery.BatchCancellation;
import com.banqup.invitations.dispatch.delivery.Claim;
import com.banqup.invitations.dispatch.delivery.Delivery;
import com.banqup.invitations.dispatch.delivery.DeliveryId;
import com.banqup.invitations.dispatch.delivery.DeliveryRequest;
import com.banqup.invitations.dispatch.delivery.RequestBatch;
import com.banqup.invitations.dispatch.delivery.Revocation;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/** Decides what is to be done about a batch, as part of the running transaction. */
final class AdmitBatch {

	private static final String REVOKE = """
			with revoked as (
			    select * from unnest(:ids, :requestedAts) as r (invitation_id, requested_at)
			), remembered as (
			    insert into revocations (invitation_id, revoked_at)
			    select distinct on (invitation_id) invitation_id, requested_at from revoked
			    order by invitation_id, requested_at
			    on conflict do nothing
			), held as (
			    select invitation_id, generation from deliveries
			    where invitation_id in (select invitation_id from revoked) and state = 'DEFERRED'
			    order by invitation_id, generation
			    for update
			), cancelled as (
			    update deliveries d
			    set state = 'CANCELLED', reason_code = 'revoked', claim_id = null, claimed_until = null, changed_at = :now
			    from held h
			    where d.invitation_id = h.invitation_id and d.generation = h.generation
			        and d.state = 'DEFERRED' and (d.claimed_until is null or d.claimed_until <= :now)
			    returning d.invitation_id, d.generation, d.partner_space_id, d.client_id, d.reason_code
			), forgotten as (
			    delete from retries r using cancelled c
			    where r.invitation_id = c.invitation_id and r.generation = c.generation
			)
			select invitation_id, generation, partner_space_id, client_id, reason_code, 'CANCELLED' as verdict, 0 as attempts
			from cancelled
			""";

	private static final String CANCEL = """
			insert into cancelled_batches (batch_id, partner_space_id, known_since)
			select distinct batch_id, partner_space_id, cast(:now as timestamptz)
			from unnest(:ids, :spaces) as c (batch_id, partner_space_id)
			order by batch_id, partner_space_id
			on conflict do nothing
			""";

	/**
	 * Inserts or takes over what nobody holds. A row that is there and was not taken over
	 * is settled, or waits for its retry, or is held by another; one that is not even
	 * visible was inserted by another a moment ago. One with a claim that has ended may
	 * have been sent: only its next attempt can tell, so that it is not cancelled with
	 * its bulk.
	 */
	private static final String ADMIT = """
			with incoming as (
			    select * from unnest(:ids, :generations, :spaces, :clients, :requestedAts, :expiresAts, :outdated,
			            :batches)
			        as r (invitation_id, generation, partner_space_id, client_id, requested_at, expires_at, outdated,
			            batch_id)
			), judged as (
			    select i.*,
			        case
			            when exists (select from revocations v where v.invitation_id = i.invitation_id) then 'revoked'
			            when i.outdated or exists (
			                select from deliveries d
			                where d.invitation_id = i.invitation_id and d.generation > i.generation) then 'superseded'
			            when exists (
			                select from cancelled_batches c
			                where c.batch_id = i.batch_id and c.partner_space_id = i.partner_space_id)
			                and not exists (
			                    select from deliveries d
			                    where d.invitation_id = i.invitation_id and d.generation = i.generation
			                        and d.claim_id is not null) then 'batch-cancelled'
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
			), older as (
			    select d.invitation_id, d.generation
			    from deliveries d join decided n on n.invitation_id = d.invitation_id
			    where n.state = 'QUEUED' and d.generation < n.generation and d.state = 'DEFERRED'
			    order by d.invitation_id, d.generation
			    for update of d
			), superseded as (
			    update deliveries d
			    set state = 'CANCELLED', reason_code = 'superseded', claim_id = null, claimed_until = null, changed_at = :now
			    from older o
			    where d.invitation_id = o.invitation_id and d.generation = o.generation
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

	private final DatabaseClient database;

	AdmitBatch(DatabaseClient database) {
		this.database = database;
	}

	/** Revocations and cancellations first, whatever the order. */
	Flux<Verdict> judge(RequestBatch batch, Claim claim) {
		return cancel(batch.cancellations(), claim).thenMany(revoke(batch.revocations(), claim))
			.concatWith(admit(batch.requests(), claim));
	}

	/** What the verdicts say to the batch. */
	static Admission admission(RequestBatch batch, List<Verdict> verdicts) {
		Map<DeliveryId, Verdict> claimed = HashMap.newHashMap(verdicts.size());
		List<DeliveryId> held = new ArrayList<>();
		int cancelled = 0;
		for (Verdict verdict : verdicts) {
			switch (verdict.kind()) {
				case CLAIMED -> claimed.put(verdict.subject().id(), verdict);
				case HELD -> held.add(verdict.subject().id());
				case CANCELLED -> cancelled++;
			}
		}
		List<Delivery> deliveries = new ArrayList<>(claimed.size());
		byId(batch.requests()).forEach((id, request) -> {
			Verdict verdict = claimed.get(id);
			if (verdict != null) {
				deliveries.add(new Delivery(request, verdict.attempts()));
			}
		});
		return new Admission(deliveries, Set.copyOf(held), cancelled);
	}

	private Mono<Void> cancel(List<BatchCancellation> cancellations, Claim claim) {
		if (cancellations.isEmpty()) {
			return Mono.empty();
		}
		Columns<BatchCancellation> columns = new Columns<>(cancellations);
		return this.database.sql(CANCEL)
			.bind("ids", columns.column(BatchCancellation::batchId, UUID[]::new))
			.bind("spaces", columns.column(BatchCancellation::partnerSpaceId, UUID[]::new))
			.bind("now", claim.now())
			.then();
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
			.map(Verdict::of)
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
			.bind("batches", columns.column(DeliveryRequest::batchId, UUID[]::new))
			.bind("claim", claim.id())
			.bind("until", claim.until())
			.bind("now", claim.now())
			.map(Verdict::of)
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

}
