package com.banqup.invitations.devstack.demo;

import java.time.Duration;
import java.util.Locale;

import com.banqup.invitations.devstack.console.Table;

/**
 * What the demo came to.
 *
 * @param mails in the inbox
 * @param added clients added
 * @param sent mails sent, from the request on
 * @param accepted clients who accepted, until the partner saw them active
 * @param elapsed altogether
 */
record Summary(Overview overview, int mails, Rate added, Rate sent, Rate accepted, Duration elapsed) {

	Table toTable() {
		Table table = new Table();
		table.section("clients");
		this.overview.clients().forEach(table::row);
		table.section("invitations");
		this.overview.invitations().forEach((state, count) -> table.row(state.toLowerCase(Locale.ROOT), count));
		table.section("mails");
		this.overview.deliveries().forEach((state, count) -> table.row(state.toLowerCase(Locale.ROOT), count));
		table.row("in the inbox", this.mails);
		table.section("time");
		table.row("adding " + this.added.count() + " clients", this.added);
		table.row("sending " + this.sent.count() + " mails", this.sent);
		table.row("accepting by " + this.accepted.count() + " clients", this.accepted);
		table.row("altogether", seconds(this.elapsed));
		return table;
	}

	private static String seconds(Duration duration) {
		return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
	}

	/**
	 * A count and the time that it took.
	 */
	record Rate(int count, Duration time) {

		@Override
		public String toString() {
			double perSecond = this.count * 1000.0 / Math.max(1, this.time.toMillis());
			return String.format(Locale.ROOT, "%s (%.1f/s)", seconds(this.time), perSecond);
		}

	}

}
