package com.banqup.invitations.api.batch;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import com.banqup.invitations.api.template.TemplateId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BatchProgressTests {

	private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

	private static final Map<String, Long> COUNTED = Map.of("row:INVITED", 700L, "row:SKIPPED:already-linked", 30L,
			"row:INVALID:malformed", 20L, "row:CANCELLED", 50L, "mail:QUEUED", 100L, "mail:SENT", 500L, "mail:REJECTED",
			60L, "mail:CANCELLED:revoked", 40L, "opened", 9L, "linked", 3L);

	@Test
	void countsAddUp() {
		BatchCounts counts = BatchCounts.of(1_000, false, COUNTED);

		assertThat(counts.waiting()).isEqualTo(200);
		assertThat(counts.cancelled()).isEqualTo(90);
		assertThat(counts.rows())
			.isEqualTo(counts.waiting() + counts.invited() + counts.skipped() + counts.invalid() + counts.cancelled());
		assertThat(counts.invited()).isEqualTo(counts.queued() + counts.sent() + counts.deferred() + counts.rejected());
		assertThat(counts.skippedByReason()).containsExactly(Map.entry(RowReason.ALREADY_LINKED, 30L));
		assertThat(counts.invalidByReason()).containsExactly(Map.entry(RowReason.MALFORMED, 20L));
		assertThat(counts.cancelledByReason()).containsExactly(Map.entry("batch-cancelled", 50L),
				Map.entry("revoked", 40L));
		assertThat(counts.settled()).isEqualTo(700);
	}

	@Test
	void rowsThatWaitedAreCancelledWhenTheBatchEndsBeforeTheyAreDecided() {
		BatchCounts counts = BatchCounts.of(1_000, false, COUNTED).stopped(BatchCounts.BATCH_FAILED);

		assertThat(counts.waiting()).isZero();
		assertThat(counts.cancelled()).isEqualTo(290);
		assertThat(counts.cancelledByReason()).containsExactly(Map.entry("batch-cancelled", 50L),
				Map.entry("batch-failed", 200L), Map.entry("revoked", 40L));
	}

	@Test
	void everyReasonIsCountedUnderItsKind() {
		for (RowReason reason : RowReason.values()) {
			RowState state = (reason.kind() == RowReason.Kind.INVALID) ? RowState.INVALID : RowState.SKIPPED;
			BatchCounts counts = BatchCounts.of(1, false, Map.of(BatchCounts.rowName(state, reason), 1L));
			assertThat(counts.skipped() + counts.invalid()).as("%s", reason).isEqualTo(1);
			assertThat(counts.waiting()).as("%s", reason).isZero();
		}
	}

	@Test
	void estimatesTheEndByTheRateSoFar() {
		BatchProgress progress = progress(BatchState.RUNNING, START, 0, null, START.plusSeconds(7));

		assertThat(progress.rate()).isEqualTo(100.0);
		assertThat(progress.estimatedEnd()).isEqualTo(START.plusSeconds(7 + 3));
	}

	@Test
	void waitsForNoMailThatNothingIsHeardOf() {
		Map<String, Long> counted = new HashMap<>(COUNTED);
		counted.merge("mail:QUEUED", -30L, Long::sum);
		counted.put("mail:QUEUED:nothing-heard", 30L);

		BatchCounts counts = BatchCounts.of(1_000, false, counted);

		assertThat(counts.queued()).isEqualTo(100);
		assertThat(counts.silent()).isEqualTo(30);
		assertThat(counts.settled()).isEqualTo(730);
		assertThat(counts.stopped(BatchCounts.BATCH_FAILED).settled()).isEqualTo(930);
	}

	@Test
	void countsOnlyWhatWasDoneSinceItRunsAgain() {
		assertThat(progress(BatchState.RUNNING, START, 650, null, START.plusSeconds(5)).rate()).isEqualTo(10.0);
	}

	@Test
	void countsNoNight() {
		assertThat(progress(BatchState.RUNNING, START, 0, START.plusSeconds(80_000), START.plusSeconds(40_000)).rate())
			.isNull();
	}

	@Test
	void saysNothingOfTheEndBeforeItRunsAfterItAndWhileItIsPaced() {
		Instant now = START.plusSeconds(7);
		assertThat(progress(BatchState.RECEIVING, null, 0, null, now).rate()).isNull();
		assertThat(progress(BatchState.RECEIVING, null, 0, null, now).estimatedEnd()).isNull();
		assertThat(progress(BatchState.COMPLETED, START, 0, null, now).estimatedEnd()).isNull();
		assertThat(progress(BatchState.RUNNING, START, 0, START.plusSeconds(80_000), now).estimatedEnd()).isNull();
		assertThat(progress(BatchState.RUNNING, now, 700, null, now).estimatedEnd()).isNull();
	}

	private static BatchProgress progress(BatchState state, @Nullable Instant runningSince, long settledBefore,
			@Nullable Instant pacedUntil, Instant now) {
		InvitationBatch batch = new InvitationBatch(new BatchId(UUID.randomUUID()),
				new PartnerSpaceId(UUID.randomUUID()), new TemplateId(UUID.randomUUID()), false, state, null, List.of(),
				1_000, "user-1", START, runningSince, runningSince, settledBefore, null, pacedUntil,
				state.isOpen() ? null : now);
		return new BatchProgress(batch, BatchCounts.of(1_000, false, COUNTED), now);
	}

}
