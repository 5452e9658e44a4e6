package com.banqup.invitations.api.batch.web;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

import com.banqup.invitations.api.batch.BatchCounts;
import com.banqup.invitations.api.batch.BatchFailure;
import com.banqup.invitations.api.batch.BatchProgress;
import com.banqup.invitations.api.batch.BatchState;
import com.banqup.invitations.api.batch.InvitationBatch;
import com.banqup.invitations.api.batch.RowReason;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A batch and how far it is. */
@Schema(name = "InvitationBatch")
@JsonInclude(JsonInclude.Include.NON_NULL)
record BatchView(UUID id, @Schema(
		description = "RECEIVING: rows are still to come. RUNNING: rows are decided and mails are sent. COMPLETED: every row "
				+ "is decided, and the relay was asked to take every mail. CANCELLED: you stopped it, and nothing of it waits any "
				+ "more. FAILED: rows did not all come, or could not be decided, see failure.") BatchState state,
		@Schema(description = "Whether it only tells what would be.") boolean dryRun, UUID templateId,
		Instant createdAt, @Schema(description = "When all rows were here.") @Nullable Instant receivedAt,
		@Schema(description = "When nothing of it waited any more.") @Nullable Instant endedAt,
		@Nullable Instant cancelRequestedAt,
		@Schema(description = "The day's number of invitations is reached: it goes on then.") @Nullable Instant pacedUntil,
		@Nullable FailureView failure,
		@Schema(description = "Columns of the file that mean nothing here.") List<String> ignoredColumns,
		CountsView counts,
		@Schema(description = "Rows a second that came to their end since it runs, or runs again; absent before, and while "
				+ "it waits for another day.", example = "812.5") @Nullable Double rate,
		@Schema(description = "When it will be done if it goes on like this.") @Nullable Instant estimatedEnd) {

	static BatchView of(BatchProgress progress) {
		InvitationBatch batch = progress.batch();
		BatchFailure failure = batch.failure();
		return new BatchView(batch.id().value(), batch.state(), batch.dryRun(), batch.templateId().value(),
				batch.createdAt(), batch.receivedAt(), batch.endedAt(), batch.cancelRequestedAt(), batch.pacedUntil(),
				(failure != null) ? new FailureView(failure.code(), failure.detail()) : null, batch.ignoredColumns(),
				CountsView.of(progress.counts()), rounded(progress.rate()), progress.estimatedEnd());
	}

	private static @Nullable Double rounded(@Nullable Double rate) {
		return (rate != null) ? Math.round(rate * 10) / 10.0 : null;
	}

	/** Why a batch failed. */
	@Schema(name = "BatchFailure")
	record FailureView(@Schema(example = "upload-incomplete") String code, String detail) {
	}

	/** How many rows and mails are in which state. */
	@Schema(name = "BatchCounts",
			description = "rows = waiting + invited + skipped + invalid + cancelled; invited = queued + sent + deferred + rejected "
					+ "(in a dry run, invited are those who would be, and there are no mails).")
	record CountsView(long rows, @Schema(description = "Not decided yet.") long waiting, long invited, long skipped,
			long invalid,
			@Schema(description = "Stopped before anything was sent: by you, because the batch failed, or because the invitation was over.") long cancelled,
			Map<String, Long> skippedByReason, Map<String, Long> invalidByReason,
			@Schema(description = "batch-cancelled: stopped with the batch. batch-failed: not decided before it failed. revoked: you "
					+ "revoked the invitation. expired: its time ran out before it was sent. superseded: a later mail of it was "
					+ "asked for.") Map<String, Long> cancelledByReason,
			@Schema(description = "Mails waiting for their first attempt.") long queued, long sent,
			@Schema(description = "Mails that are tried again.") long deferred,
			@Schema(description = "Mails that were given up.") long rejected,
			@Schema(description = "Clients who opened their link.") long opened,
			@Schema(description = "Clients who accepted.") long linked) {

		static CountsView of(BatchCounts counts) {
			return new CountsView(counts.rows(), counts.waiting(), counts.invited(), counts.skipped(), counts.invalid(),
					counts.cancelled(), byCode(counts.skippedByReason()), byCode(counts.invalidByReason()),
					counts.cancelledByReason(), counts.queued(), counts.sent(), counts.deferred(), counts.rejected(),
					counts.opened(), counts.linked());
		}

		private static SortedMap<String, Long> byCode(Map<RowReason, Long> counts) {
			SortedMap<String, Long> byCode = new TreeMap<>();
			counts.forEach((reason, count) -> byCode.put(reason.code(), count));
			return byCode;
		}

	}

}
