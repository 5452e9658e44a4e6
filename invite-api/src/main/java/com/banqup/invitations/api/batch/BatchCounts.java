package com.banqup.invitations.api.batch;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import com.banqup.invitations.api.invitation.Delivery;
import com.banqup.invitations.api.invitation.OnboardingFact.MailReported;
import org.jspecify.annotations.Nullable;

/**
 * How many rows and mails of a batch are in which state. Every row is waiting, invited,
 * skipped, invalid or cancelled; the mail of everybody invited is queued, sent, deferred
 * or rejected.
 *
 * @param rows all rows that were taken
 * @param waiting not decided yet
 * @param invited invited, and the mail not cancelled; in a dry run, would be
 * @param cancelled stopped before the row was decided or the mail sent: by the partner,
 * or because the batch failed
 * @param cancelledByReason the same by the code of why: those of mails as they are
 * reported, {@link #BATCH_CANCELLED} and {@link #BATCH_FAILED}
 * @param skippedByReason not to be invited, by reason
 * @param invalidByReason to be corrected, by reason
 * @param queued mails waiting for their first attempt, silent ones too
 * @param silent those of them that nothing was heard of for so long that nothing waits
 * for them any more
 * @param sent mails that the relay took
 * @param deferred mails that are tried again
 * @param rejected mails that were given up
 * @param opened clients who opened their link
 * @param linked clients who accepted
 */
public record BatchCounts(long rows, long waiting, long invited, long cancelled,
		SortedMap<String, Long> cancelledByReason, SortedMap<RowReason, Long> skippedByReason,
		SortedMap<RowReason, Long> invalidByReason, long queued, long silent, long sent, long deferred, long rejected,
		long opened, long linked) {

	/** The name under which rows by which somebody was invited are counted. */
	public static final String INVITED = "row:INVITED";

	/** The name under which mails that wait for their first attempt are counted. */
	public static final String QUEUED = "mail:QUEUED";

	private static final String SILENT = QUEUED + ":" + Delivery.NOTHING_HEARD;

	/** Stopped with the batch. */
	static final String BATCH_CANCELLED = MailReported.BATCH_CANCELLED;

	/** Not decided before the batch failed. */
	static final String BATCH_FAILED = "batch-failed";

	private static final String MAIL = "mail:";

	private static final String UNSENT = MAIL + "CANCELLED";

	private static final String ROW = "row:";

	/**
	 * The counts of a batch.
	 * @param rows how many rows were taken
	 * @param dryRun whether those invited only would be
	 * @param counted what was counted, by the names of {@link #rowName},
	 * {@code mail:STATE}, {@code opened} and {@code linked}
	 */
	public static BatchCounts of(long rows, boolean dryRun, Map<String, Long> counted) {
		SortedMap<RowReason, Long> skipped = new TreeMap<>();
		SortedMap<RowReason, Long> invalid = new TreeMap<>();
		for (RowReason reason : RowReason.values()) {
			long count = counted.getOrDefault(rowName(RowState.SKIPPED, reason), 0L)
					+ counted.getOrDefault(rowName(RowState.INVALID, reason), 0L);
			if (count != 0) {
				((reason.kind() == RowReason.Kind.SKIPPED) ? skipped : invalid).put(reason, count);
			}
		}
		long invited = counted.getOrDefault(INVITED, 0L);
		long stopped = counted.getOrDefault(rowName(RowState.CANCELLED, null), 0L);
		SortedMap<String, Long> cancelled = unsent(counted);
		long unsent = sum(cancelled);
		add(cancelled, BATCH_CANCELLED, stopped);
		long silent = counted.getOrDefault(SILENT, 0L);
		long waiting = rows - invited - stopped - sum(skipped) - sum(invalid);
		return new BatchCounts(rows, waiting, invited - (dryRun ? 0 : unsent), stopped + unsent, cancelled, skipped,
				invalid, counted.getOrDefault(QUEUED, 0L) + silent, silent, counted.getOrDefault(MAIL + "SENT", 0L),
				counted.getOrDefault(MAIL + "DEFERRED", 0L), counted.getOrDefault(MAIL + "REJECTED", 0L),
				counted.getOrDefault("opened", 0L), counted.getOrDefault("linked", 0L));
	}

	/** The name under which rows of this state are counted. */
	static String rowName(RowState state, @Nullable RowReason reason) {
		return ROW + state + ((reason != null) ? ":" + reason.code() : "");
	}

	/** Cancelled mails by reason. */
	private static SortedMap<String, Long> unsent(Map<String, Long> counted) {
		SortedMap<String, Long> byReason = new TreeMap<>();
		counted.forEach((name, count) -> {
			if (name.startsWith(UNSENT)) {
				add(byReason, (name.length() > UNSENT.length()) ? name.substring(UNSENT.length() + 1) : BATCH_CANCELLED,
						count);
			}
		});
		return byReason;
	}

	private static void add(SortedMap<String, Long> counts, String name, long count) {
		if (count != 0) {
			counts.merge(name, count, Long::sum);
		}
	}

	/**
	 * These counts when nothing is decided any more: rows that waited are cancelled.
	 * @param reason why nothing is
	 */
	public BatchCounts stopped(String reason) {
		SortedMap<String, Long> byReason = new TreeMap<>(this.cancelledByReason);
		add(byReason, reason, this.waiting);
		return new BatchCounts(this.rows, 0, this.invited, this.cancelled + this.waiting, byReason,
				this.skippedByReason, this.invalidByReason, this.queued, this.silent, this.sent, this.deferred,
				this.rejected, this.opened, this.linked);
	}

	/** Not to be invited, for whatever reason. */
	public long skipped() {
		return sum(this.skippedByReason);
	}

	/** To be corrected, for whatever reason. */
	public long invalid() {
		return sum(this.invalidByReason);
	}

	/**
	 * Rows that wait for nothing: decided, and their mails attempted or given up for
	 * lost.
	 */
	public long settled() {
		return this.rows - unsettled();
	}

	/** Rows that wait to be decided, or for the first attempt of their mails. */
	long unsettled() {
		return this.waiting + this.queued - this.silent;
	}

	private static long sum(Map<?, Long> counts) {
		return counts.values().stream().mapToLong(Long::longValue).sum();
	}

}
