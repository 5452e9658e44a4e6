package com.banqup.invitations.dispatch.delivery.r2dbc;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.banqup.invitations.dispatch.deadletter.r2dbc.Columns;
import com.banqup.invitations.dispatch.deadletter.r2dbc.Rows;
import com.banqup.invitations.dispatch.delivery.Attempt;
import com.banqup.invitations.dispatch.delivery.Claim;
import com.banqup.invitations.dispatch.delivery.DeliveryEvent;
import com.banqup.invitations.dispatch.delivery.DeliveryId;
import com.banqup.invitations.dispatch.delivery.DeliveryState;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;

/** Writes down what became of claimed deliveries, as part of the running transaction. */
final class Outcomes {

	/** A mail that was sent is a fact, whoever holds the delivery by now. */
	private static final String RECORD = """
			with outcome as (
			    select * from unnest(:ids, :generations, :states, :reasons, :failures, :replyCodes, :statuses, :replies,
			            :tooks, :ats)
			        as o (invitation_id, generation, state, reason_code, failure, reply_code, enhanced_status, reply,
			            took_millis, at)
			), held as (
			    select d.invitation_id, d.generation
			    from deliveries d
			        join outcome o on o.invitation_id = d.invitation_id and o.generation = d.generation
			    order by d.invitation_id, d.generation
			    for update of d
			), recorded as (
			    update deliveries d
			    set state = o.state, reason_code = o.reason_code, attempts = d.attempts + 1,
			        claim_id = null, claimed_until = null, changed_at = o.at
			    from outcome o join held h on h.invitation_id = o.invitation_id and h.generation = o.generation
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

	/** When it was asked for can be a time that there never is. */
	private static final String REJECT = """
			insert into deliveries (invitation_id, generation, partner_space_id, client_id, state, reason_code,
			    requested_at, changed_at)
			select invitation_id, generation, partner_space_id, client_id, 'REJECTED', reason_code, at, at
			from unnest(:ids, :generations, :spaces, :clients, :reasons, :ats)
			    as r (invitation_id, generation, partner_space_id, client_id, reason_code, at)
			order by invitation_id, generation
			on conflict do nothing
			returning invitation_id, generation
			""";

	private static final String GIVE_BACK = """
			with held as (
			    select d.invitation_id, d.generation
			    from deliveries d join unnest(:ids, :generations) as g (invitation_id, generation)
			        on d.invitation_id = g.invitation_id and d.generation = g.generation
			    order by d.invitation_id, d.generation
			    for update of d
			), given as (
			    update deliveries d
			    set claim_id = null, claimed_until = null
			    from held g
			    where d.invitation_id = g.invitation_id and d.generation = g.generation and d.claim_id = :claim
			    returning d.invitation_id, d.generation
			)
			update retries r set next_attempt_at = :now from given g
			where r.invitation_id = g.invitation_id and r.generation = g.generation
			""";

	private final DatabaseClient database;

	Outcomes(DatabaseClient database) {
		this.database = database;
	}

	/** Records these and tells which counted, with the number of attempts by now. */
	Mono<Map<DeliveryId, Integer>> record(List<Attempt.Made> made, Claim claim) {
		if (made.isEmpty()) {
			return Mono.just(Map.of());
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
			.map((row) -> Map.entry(Verdict.idOf(row), Rows.required(row, "attempts", Integer.class)))
			.all()
			.collectMap(Map.Entry::getKey, Map.Entry::getValue);
	}

	/** Rejects what was never heard of before, and tells which that is. */
	Flux<DeliveryId> reject(Collection<DeliveryEvent.Undeliverable> undeliverable) {
		if (undeliverable.isEmpty()) {
			return Flux.empty();
		}
		Columns<DeliveryEvent.Undeliverable> events = new Columns<>(undeliverable);
		Columns<DeliveryEvent.Subject> subjects = new Columns<>(
				undeliverable.stream().map(DeliveryEvent.Undeliverable::subject).toList());
		return this.database.sql(REJECT)
			.bind("ids", subjects.column((subject) -> subject.id().invitationId(), UUID[]::new))
			.bind("generations", subjects.column((subject) -> subject.id().generation(), Integer[]::new))
			.bind("spaces", subjects.column(DeliveryEvent.Subject::partnerSpaceId, UUID[]::new))
			.bind("clients", subjects.column(DeliveryEvent.Subject::clientId, UUID[]::new))
			.bind("reasons", events.column(DeliveryEvent.Undeliverable::reasonCode, String[]::new))
			.bind("ats", events.column(DeliveryEvent.Undeliverable::at, Instant[]::new))
			.map(Verdict::idOf)
			.all();
	}

	/** Ends the claims of these. */
	Mono<Void> giveBack(List<Attempt.NotMade> notMade, Claim claim) {
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

	/** An attempt as a row. */
	private record Outcome(DeliveryId id, DeliveryState state, @Nullable String reasonCode, @Nullable String failure,
			@Nullable Integer replyCode, @Nullable String enhancedStatus, String reply, long tookMillis, Instant at) {

		static Outcome of(Attempt.Made attempt) {
			DeliveryId id = attempt.delivery().id();
			return switch (attempt) {
				case Attempt.Sent it -> new Outcome(id, DeliveryState.SENT, null, null, it.receipt().replyCode(), null,
						it.receipt().reply(), it.receipt().took().toMillis(), it.at());
				case Attempt.Deferred it ->
					failed(id, DeliveryState.DEFERRED, it.failure().reasonCode(), it.failure(), it.at());
				case Attempt.Rejected it -> failed(id, DeliveryState.REJECTED, it.reasonCode(), it.failure(), it.at());
			};
		}

		private static Outcome failed(DeliveryId id, DeliveryState state, String reasonCode, Attempt.Failure failure,
				Instant at) {
			return new Outcome(id, state, reasonCode, failure.reasonCode(), failure.replyCode(),
					failure.enhancedStatus(), failure.text(), failure.took().toMillis(), at);
		}

	}

}
