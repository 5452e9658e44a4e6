package com.banqup.invitations.cli.report;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import com.banqup.invitations.cli.api.Batch;
import com.banqup.invitations.cli.api.BatchState;
import com.banqup.invitations.cli.console.ProgressLine;
import com.banqup.invitations.cli.console.Texts;

/** Shows the states of a batch as they come. */
public final class BatchProgress {

	private final ProgressLine line;

	private final InstantSource clock;

	private final ZoneId zone;

	public BatchProgress(ProgressLine line, InstantSource clock, ZoneId zone) {
		this.line = line;
		this.clock = clock;
		this.zone = zone;
	}

	/** Shows a state. */
	public void show(Batch batch) {
		Batch.Counts counts = batch.counts();
		this.line.show(title(batch), counts.ended(), counts.rows(), text(batch));
	}

	private static String title(Batch batch) {
		if (batch.state() == BatchState.RUNNING) {
			if (batch.cancelRequestedAt() != null) {
				return "Cancelling";
			}
			return batch.dryRun() ? "Checking" : (batch.pacedUntil() != null) ? "Paced" : "Inviting";
		}
		String name = batch.state().name();
		return name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT);
	}

	private String text(Batch batch) {
		Batch.Counts counts = batch.counts();
		List<String> parts = new ArrayList<>();
		parts.add(Texts.number(counts.ended()) + " of " + Texts.number(counts.rows()) + " rows");
		Double rate = batch.rate();
		if (rate != null && !batch.state().isFinal()) {
			parts.add(String.format(Locale.ROOT, "%,.0f/s", rate));
		}
		if (batch.pacedUntil() != null && !batch.state().isFinal()) {
			parts.add("goes on " + time(batch.pacedUntil()));
		}
		else if (batch.estimatedEnd() != null && !batch.state().isFinal()) {
			parts.add("ends about " + time(batch.estimatedEnd()));
		}
		if (counts.leftOut() > 0) {
			parts.add(Texts.number(counts.leftOut()) + " left out");
		}
		return String.join("  ", parts);
	}

	private String time(Instant time) {
		return Texts.time(time, this.clock.instant(), this.zone);
	}

}
