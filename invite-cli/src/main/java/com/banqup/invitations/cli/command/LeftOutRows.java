package com.banqup.invitations.cli.command;

import java.util.List;
import java.util.Locale;

import com.banqup.invitations.cli.api.Batch;
import com.banqup.invitations.cli.api.Row;
import com.banqup.invitations.cli.api.RowState;
import com.banqup.invitations.cli.console.Texts;
import com.banqup.invitations.cli.report.Summary;

/** Shows the first rows that nobody was invited for, and how to get the others. */
final class LeftOutRows {

	private static final int SHOWN = 5;

	private final Session session;

	private final Batch batch;

	LeftOutRows(Session session, Batch batch) {
		this.session = session;
		this.batch = batch;
	}

	void tell() {
		tell(RowState.INVALID, this.batch.counts().invalid());
		tell(RowState.SKIPPED, this.batch.counts().skipped());
	}

	private void tell(RowState state, long count) {
		if (count == 0) {
			return;
		}
		List<Row> rows = this.session.ask("Reading rows",
				() -> this.session.batches().firstRows(this.batch.id(), state, SHOWN));
		rows.forEach((row) -> this.session.console().answer("  " + Summary.of(row)));
		if (count > rows.size()) {
			this.session.console()
				.answer("  and %s more: %s --state %s".formatted(Texts.number(count - rows.size()),
						this.session.command("rows", this.batch.id()), state.name().toLowerCase(Locale.ROOT)));
		}
	}

}
