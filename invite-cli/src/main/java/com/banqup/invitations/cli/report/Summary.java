package com.banqup.invitations.cli.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.banqup.invitations.cli.api.Batch;
import com.banqup.invitations.cli.api.BatchState;
import com.banqup.invitations.cli.api.Row;
import com.banqup.invitations.cli.console.Texts;

/** What became of a batch, in lines. */
public final class Summary {

	private Summary() {
	}

	/** The state, the counts and their reasons. */
	public static List<String> of(Batch batch) {
		List<String> lines = new ArrayList<>();
		lines.add("Batch " + batch.id() + "  " + batch.state() + (batch.dryRun() ? "  (dry run)" : "") + took(batch));
		Batch.Failure failure = batch.failure();
		if (failure != null) {
			lines.add("  " + failure.code() + ": " + failure.detail());
		}
		Batch.Counts counts = batch.counts();
		lines.add(count("rows", counts.rows(), ""));
		if (counts.waiting() > 0) {
			lines.add(count("waiting", counts.waiting(), ""));
		}
		lines.add(batch.dryRun() ? count("would invite", counts.invited(), "")
				: count("invited", counts.invited(), mails(counts)));
		lines.add(count("skipped", counts.skipped(), reasons(counts.skippedByReason())));
		lines.add(count("invalid", counts.invalid(), reasons(counts.invalidByReason())));
		if (counts.cancelled() > 0 || batch.state() == BatchState.CANCELLED) {
			lines.add(count("cancelled", counts.cancelled(), reasons(counts.cancelledByReason())));
		}
		if (batch.pacedUntil() != null && !batch.state().isFinal()) {
			lines.add("  The day's limit is reached: the rest goes on at " + batch.pacedUntil());
		}
		if (!batch.ignoredColumns().isEmpty()) {
			lines.add("  Columns that mean nothing here: " + String.join(", ", batch.ignoredColumns()));
		}
		return lines;
	}

	private static String took(Batch batch) {
		Instant from = batch.createdAt();
		Instant to = batch.endedAt();
		return (from == null || to == null) ? "" : "  after " + Texts.duration(Duration.between(from, to));
	}

	private static String count(String name, long count, String text) {
		return String.format(Locale.ROOT, "  %-12s %10s  %s", name, Texts.number(count), text).stripTrailing();
	}

	private static String mails(Batch.Counts counts) {
		List<String> parts = new ArrayList<>();
		parts.add("mails: sent " + Texts.number(counts.sent()));
		add(parts, "queued", counts.queued());
		add(parts, "deferred", counts.deferred());
		add(parts, "rejected", counts.rejected());
		add(parts, "opened", counts.opened());
		add(parts, "linked", counts.linked());
		return String.join(", ", parts);
	}

	private static void add(List<String> parts, String name, long count) {
		if (count > 0) {
			parts.add(name + " " + Texts.number(count));
		}
	}

	private static String reasons(Map<String, Long> reasons) {
		return reasons.entrySet()
			.stream()
			.sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
			.map((reason) -> reason.getKey() + " " + Texts.number(reason.getValue()))
			.reduce((one, two) -> one + ", " + two)
			.orElse("");
	}

	/** A row, in a line. */
	public static String of(Row row) {
		StringBuilder line = new StringBuilder();
		if (row.line() > 0) {
			line.append("line ").append(row.line()).append(' ');
		}
		if (!row.rowRef().isEmpty()) {
			line.append('(').append(row.rowRef()).append(") ");
		}
		line.append(row.state().toLowerCase(Locale.ROOT));
		if (!row.reason().isEmpty()) {
			line.append(", ").append(row.reason());
		}
		if (!row.detail().isEmpty()) {
			line.append(": ").append(row.detail());
		}
		if (!row.delivery().isEmpty()) {
			line.append(", mail ").append(row.delivery().toLowerCase(Locale.ROOT));
			if (!row.deliveryReason().isEmpty()) {
				line.append(": ").append(row.deliveryReason());
			}
		}
		return line.toString();
	}

}
