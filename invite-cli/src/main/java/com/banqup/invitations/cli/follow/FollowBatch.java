package com.banqup.invitations.cli.follow;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

import com.banqup.invitations.cli.api.Batch;
import com.banqup.invitations.cli.api.InvitationBatches;
import com.banqup.invitations.cli.api.NoEvents;
import com.banqup.invitations.cli.api.Patience;
import com.banqup.invitations.cli.api.Problem;
import com.banqup.invitations.cli.api.ProblemAnswered;
import com.banqup.invitations.cli.api.ProgressStream;
import com.banqup.invitations.cli.api.Repetition;
import com.banqup.invitations.cli.api.Unreachable;

/**
 * Follows a batch to its end by the server's events, from the last one on after a
 * connection broke; by asking again and again where there are no events.
 */
public final class FollowBatch {

	/** Streams in a row that may bring nothing before there count as being no events. */
	private static final int EMPTY_STREAMS = 3;

	/** Other things that are not found may be but the stream. */
	private static final Set<String> NOT_FOUND = Set.of("batch-not-found", "partner-space-not-found");

	private final InvitationBatches batches;

	private final Patience patience;

	private final InstantSource clock;

	private final Repetition repetition;

	private final Consumer<String> notes;

	public FollowBatch(InvitationBatches batches, Patience patience, InstantSource clock, Repetition repetition,
			Consumer<String> notes) {
		this.batches = batches;
		this.patience = patience;
		this.clock = clock;
		this.repetition = repetition;
		this.notes = notes;
	}

	/**
	 * The final state.
	 * @param seen told each state
	 * @throws ProblemAnswered if the server refuses
	 * @throws Unreachable if it was away for too long
	 */
	public Batch toItsEnd(UUID id, Consumer<Batch> seen) {
		return new Run(id, seen).follow();
	}

	/** One batch being followed. */
	private final class Run {

		private final UUID id;

		private final Consumer<Batch> seen;

		private String lastEventId = "";

		private int emptyStreams;

		private int failures;

		private Instant lastAnswer;

		Run(UUID id, Consumer<Batch> seen) {
			this.id = id;
			this.seen = seen;
			this.lastAnswer = FollowBatch.this.clock.instant();
		}

		Batch follow() {
			while (true) {
				try {
					Optional<Batch> end = (this.emptyStreams < EMPTY_STREAMS) ? listen() : ask();
					if (end.isPresent()) {
						return end.get();
					}
				}
				catch (NoEvents ex) {
					askFromNowOn(String.valueOf(ex.getMessage()));
				}
				catch (Unreachable ex) {
					waitAfter(ex, String.valueOf(ex.getMessage()), Duration.ZERO);
				}
				catch (ProblemAnswered ex) {
					handle(ex);
				}
			}
		}

		private Optional<Batch> listen() {
			try (ProgressStream stream = FollowBatch.this.batches.progress(this.id, this.lastEventId)) {
				this.emptyStreams++;
				for (Optional<Batch> batch = stream.next(); batch.isPresent(); batch = stream.next()) {
					this.emptyStreams = 0;
					this.lastEventId = stream.lastEventId();
					if (isEnd(batch.get())) {
						return batch;
					}
				}
			}
			FollowBatch.this.repetition.sleep(FollowBatch.this.patience.firstPause());
			return Optional.empty();
		}

		private Optional<Batch> ask() {
			Batch batch = FollowBatch.this.batches.batch(this.id);
			if (isEnd(batch)) {
				return Optional.of(batch);
			}
			FollowBatch.this.repetition.sleep(FollowBatch.this.patience.pollInterval());
			return Optional.empty();
		}

		private boolean isEnd(Batch batch) {
			this.lastAnswer = FollowBatch.this.clock.instant();
			this.failures = 0;
			this.seen.accept(batch);
			return batch.state().isFinal();
		}

		/**
		 * What refuses the stream may still answer questions; what refuses these is
		 * final.
		 */
		private void handle(ProblemAnswered refusal) {
			if (refusal.isTemporary()) {
				waitAfter(refusal, refusal.problem().summary(), refusal.retryAfter().orElse(Duration.ZERO));
			}
			else if (this.emptyStreams < EMPTY_STREAMS && !isFinal(refusal.problem())) {
				askFromNowOn(refusal.problem().summary());
			}
			else {
				throw refusal;
			}
		}

		/** What no other question would be answered to, either. */
		private static boolean isFinal(Problem problem) {
			return problem.status() == 401 || NOT_FOUND.contains(problem.name());
		}

		private void askFromNowOn(String reason) {
			this.emptyStreams = EMPTY_STREAMS;
			FollowBatch.this.notes.accept("No events (%s); asking every %d s instead".formatted(reason,
					FollowBatch.this.patience.pollInterval().toSeconds()));
		}

		private void waitAfter(RuntimeException failure, String reason, Duration atLeast) {
			Patience patience = FollowBatch.this.patience;
			this.failures++;
			Duration wait = patience.pauseAfter(this.failures);
			if (wait.compareTo(atLeast) < 0) {
				wait = atLeast;
			}
			Instant next = FollowBatch.this.clock.instant().plus(wait);
			if (next.isAfter(this.lastAnswer.plus(patience.awayWhileFollowing()))) {
				throw failure;
			}
			if (this.failures == 1) {
				FollowBatch.this.notes.accept("Following: " + reason + "; going on as soon as that is possible");
			}
			FollowBatch.this.repetition.sleep(wait);
		}

	}

}
