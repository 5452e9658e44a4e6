package com.banqup.invitations.api.batch;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.banqup.invitations.api.batch.BatchTurns.TurnOutcome;
import com.banqup.invitations.api.batch.RowDecision.Invite;
import com.banqup.invitations.api.batch.RowDecision.Leave;
import com.banqup.invitations.api.batch.RowDecision.MailAgain;
import com.banqup.invitations.api.batch.RowDecision.Refuse;
import com.banqup.invitations.api.client.ClientId;
import com.banqup.invitations.api.id.NewIds;
import com.banqup.invitations.api.invitation.DailyLimit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Decides the rows of batches, chunk by chunk, the Partner Spaces in turn: adds clients,
 * invites them and writes down what became of each row, all of a chunk or nothing.
 */
@Service
public class RunBatches {

	private final BatchTurns turns;

	private final BatchRetries retries;

	private final FindClients findClients;

	private final CarryOutDecisions carryOut;

	private final DailyLimit dailyLimit;

	private final NewIds ids;

	private final BatchProperties properties;

	private final Clock clock;

	RunBatches(BatchTurns turns, BatchRetries retries, FindClients findClients, CarryOutDecisions carryOut,
			DailyLimit dailyLimit, NewIds ids, BatchProperties properties, Clock clock) {
		this.turns = turns;
		this.retries = retries;
		this.findClients = findClients;
		this.carryOut = carryOut;
		this.dailyLimit = dailyLimit;
		this.ids = ids;
		this.properties = properties;
		this.clock = clock;
	}

	/**
	 * Decides the next chunk of whoever waited longest; gives its results, none at all if
	 * nobody waits. Errors with {@link TurnFailed}; then nothing was done.
	 */
	@Transactional
	public Mono<List<RowResult>> decideNext() {
		return Mono.fromSupplier(this.clock::instant)
			.flatMap((now) -> this.turns.takeTurn(now, this.properties.lead())
				.flatMap((turn) -> Mono.defer(() -> decide(turn, now))
					.onErrorMap((ex) -> !(ex instanceof TurnFailed), (ex) -> new TurnFailed(turn, List.of(), ex))));
	}

	private Mono<List<RowResult>> decide(BatchTurn turn, Instant now) {
		return resume(turn, now).then(Mono.defer(() -> this.turns.undecided(turn)))
			.flatMap((undecided) -> take(turn, undecided, now))
			.flatMap((taken) -> Mono.defer(() -> decide(turn, taken, now))
				.onErrorMap((ex) -> new TurnFailed(turn, taken.rows(), ex)));
	}

	/** The chunk's rows; a chunk's worth of rows that failed, if it is their turn. */
	private Mono<Taken> take(BatchTurn turn, Undecided undecided, Instant now) {
		FailedRows failed = undecided.failed();
		boolean theirTurn = undecided.rows().isEmpty() && turn.batch().cancelRequestedAt() == null;
		int most = turn.failures().mostRows();
		return (failed != null && theirTurn)
				? takeFailed(turn.batch().id(), failed, Math.min(most, this.properties.chunkRows()), now)
				: Mono.fromSupplier(() -> Taken.first(most, undecided));
	}

	private Mono<Taken> takeFailed(BatchId id, FailedRows failed, int most, Instant now) {
		return this.retries.take(id, failed, silentBefore(now), now, most)
			.flatMap((rows) -> rows.isEmpty()
					? failed.following()
						.map((following) -> takeFailed(id, following, most, now))
						.orElse(Mono.just(new Taken(List.of(), Undecided.NOTHING)))
					: Mono.just(new Taken(rows, new Undecided(List.of(), failed.after(rows.getLast().number())))));
	}

	private Instant silentBefore(Instant now) {
		return now.minus(this.properties.silentAfter());
	}

	private Mono<Void> resume(BatchTurn turn, Instant now) {
		return (turn.batch().pacedUntil() != null) ? this.turns.resume(turn, now) : Mono.empty();
	}

	private Mono<List<RowResult>> decide(BatchTurn turn, Taken taken, Instant now) {
		List<BatchRow> rows = taken.rows();
		if (turn.batch().cancelRequestedAt() != null) {
			return record(turn,
					withoutInvitations(turn, cancelled(rows), taken.rest().withoutFailed(), decided(turn, rows), now));
		}
		if (turn.failures().haveShown(rows)) {
			return record(turn, withoutInvitations(turn, List.of(RowResult.notDecided(rows.getFirst())), taken.rest(),
					turn.failures().leftOut(), now));
		}
		return this.findClients.find(turn.batch(), rows, now)
			.flatMap((found) -> decideRows(turn.batch(), rows, found, now))
			.flatMap((decisions) -> carryOut(turn, decisions, taken.rest(), now));
	}

	private static TurnFailures decided(BatchTurn turn, List<?> rows) {
		return turn.failures().decided(rows.size());
	}

	/** Those whose mails were given up stay as they are: they were invited. */
	private static List<RowResult> cancelled(List<BatchRow> rows) {
		return rows.stream().filter((row) -> row.invitedBefore() == null).map(RowResult::cancelled).toList();
	}

	private Mono<Decisions> decideRows(InvitationBatch batch, List<BatchRow> rows, FoundClients found, Instant now) {
		return seen(batch, found).map((seen) -> {
			DecideRows decideRows = new DecideRows(batch.id(), found, seen, silentBefore(now), now,
					() -> new ClientId(this.ids.next()));
			return new Decisions(decideRows.decide(rows), seen);
		});
	}

	/**
	 * Only a dry run has to remember: otherwise the clients that rows named are there.
	 */
	private Mono<SeenClients> seen(InvitationBatch batch, FoundClients found) {
		if (!batch.dryRun()) {
			return Mono.fromSupplier(() -> new SeenClients(Map.of()));
		}
		Set<ClientKey> keys = Stream
			.concat(found.probes().stream().map(SeenClients::keysOf),
					found.invitable().keySet().stream().map(SeenClients::keysOf))
			.flatMap(List::stream)
			.collect(Collectors.toSet());
		return this.turns.seen(batch.id(), keys).map(SeenClients::new);
	}

	private Mono<List<RowResult>> carryOut(BatchTurn turn, Decisions decisions, Undecided rest, Instant now) {
		InvitationBatch batch = turn.batch();
		if (batch.dryRun()) {
			List<RowResult> results = decisions.rows().stream().flatMap(RunBatches::wouldBe).toList();
			return this.turns.noteSeen(batch.id(), decisions.seen().added())
				.then(Mono.defer(() -> record(turn,
						withoutInvitations(turn, results, rest, decided(turn, decisions.rows()), now))));
		}
		LocalDate today = this.dailyLimit.dayOf(now);
		return this.dailyLimit.leftForBulks(batch.partnerSpaceId(), today, turn.invitedOn(today))
			.flatMap((left) -> carryOut(turn, Allowance.of(decisions.rows(), left), rest, today, now));
	}

	private Mono<List<RowResult>> carryOut(BatchTurn turn, Allowance allowance, Undecided rest, LocalDate today,
			Instant now) {
		Instant tomorrow = this.dailyLimit.endOf(today);
		return this.carryOut.carryOut(turn.batch(), allowance.allowed(), now)
			.flatMap((done) -> record(turn,
					new TurnOutcome(done.results(), done.invited(), done.again(), rest.after(allowance.left()),
							decided(turn, allowance.allowed()), allowance.left().isEmpty() ? null : tomorrow, today,
							turn.invitedOn(today) + allowance.mails(), now)));
	}

	private static Stream<RowResult> wouldBe(RowDecision decision) {
		return switch (decision) {
			case Refuse refuse -> Stream.of(refuse.result());
			case Invite invite ->
				Stream.of(RowResult.invited(invite.row(), (invite.added() != null) ? null : invite.clientId(), null));
			case MailAgain again -> Stream.empty();
			case Leave leave -> Stream.empty();
		};
	}

	private TurnOutcome withoutInvitations(BatchTurn turn, List<RowResult> results, Undecided left,
			TurnFailures failures, Instant now) {
		LocalDate today = this.dailyLimit.dayOf(now);
		return new TurnOutcome(results, 0, 0, left, failures, null, today, turn.invitedOn(today), now);
	}

	private Mono<List<RowResult>> record(BatchTurn turn, TurnOutcome outcome) {
		return this.turns.record(turn, outcome).thenReturn(outcome.results());
	}

	/**
	 * Rows that are decided in a turn.
	 *
	 * @param rows the rows
	 * @param rest what of their chunk is decided in other turns
	 */
	private record Taken(List<BatchRow> rows, Undecided rest) {

		static Taken first(int most, Undecided undecided) {
			List<BatchRow> rows = undecided.first(most);
			return new Taken(rows, undecided.without(rows.size()));
		}

	}

	/**
	 * Decisions, and the clients they named.
	 *
	 * @param rows the decisions
	 * @param seen the clients
	 */
	private record Decisions(List<RowDecision> rows, SeenClients seen) {
	}

	/**
	 * What the day's limit leaves of the decisions: those up to the first one that
	 * exceeds it.
	 *
	 * @param allowed decisions that are carried out
	 * @param left rows that wait for the next day
	 */
	private record Allowance(List<RowDecision> allowed, List<BatchRow> left) {

		static Allowance of(List<RowDecision> decisions, long limit) {
			List<RowDecision> allowed = new ArrayList<>(decisions.size());
			long mails = 0;
			for (RowDecision decision : decisions) {
				if (isMailed(decision) && ++mails > limit) {
					break;
				}
				allowed.add(decision);
			}
			return new Allowance(allowed,
					decisions.subList(allowed.size(), decisions.size()).stream().map(RowDecision::row).toList());
		}

		private static boolean isMailed(RowDecision decision) {
			return decision instanceof Invite || decision instanceof MailAgain;
		}

		long mails() {
			return this.allowed.stream().filter(Allowance::isMailed).count();
		}

	}

}
