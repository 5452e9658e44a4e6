package com.banqup.invitations.systemtests.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import com.banqup.invitations.systemtests.bench.PartnerSpace.Batch;

/**
 * What became of a bulk whose services were killed in the middle of it.
 *
 * @param rows that the partner uploaded
 * @param upload how the upload broke
 * @param decided how many rows were decided when invite-api was killed again
 * @param dispatcherKills what each kill of the dispatcher found
 * @param unmailed how many rows nobody got a mail for
 * @param mails what the relay counted
 * @param batch as it was in the end
 * @param seconds from the first byte of the upload to the end of the batch
 */
record Aftermath(int rows, BrokenUpload upload, long decided, List<DispatcherKill> dispatcherKills, long unmailed,
		Sink.Stats mails, Batch batch, double seconds) {

	Figures figures() {
		Figures figures = new Figures().put("rows taken when invite-api was killed", this.upload.taken())
			.put("rows decided when it was killed again", this.decided);
		for (int i = 0; i < this.dispatcherKills.size(); i++) {
			DispatcherKill kill = this.dispatcherKills.get(i);
			String when = " when the dispatcher was killed, " + (i + 1);
			figures.put("mails sent" + when, kill.mails())
				.put("mails without an answer" + when, kill.unanswered())
				.put("mails sent and not recorded" + when, kill.unrecorded());
		}
		return figures.put(Figures.REPEATED, this.mails.repeated())
			.put("rows without a mail", this.unmailed)
			.put("s to COMPLETED", this.seconds);
	}

	/** A sentence for each promise that was not kept; none if all were. */
	List<String> brokenPromises() {
		List<String> broken = new ArrayList<>();
		requireThatTheUploadWentOn(broken);
		requireThatEveryRowWasMailed(broken);
		requireThatOnlyMailsUnderWayWereRepeated(broken);
		requireThatTheCountsAddUp(broken);
		return broken;
	}

	private void requireThatTheUploadWentOn(List<String> broken) {
		require(this.upload.kept() >= this.upload.taken(), broken,
				"invite-api showed %d rows as taken before it was killed, and %d afterwards", this.upload.taken(),
				this.upload.kept());
		require(this.upload.batchId().equals(this.batch.id()), broken,
				"the repeated upload made another batch: %s instead of %s", this.batch.id(), this.upload.batchId());
	}

	private void requireThatEveryRowWasMailed(List<String> broken) {
		require(this.unmailed == 0, broken, "%d of %d rows were never mailed", this.unmailed, this.rows);
		require(this.mails.recipients() == this.rows - this.unmailed, broken,
				"%d recipients got a mail, %d of them are in the upload", this.mails.recipients(),
				this.rows - this.unmailed);
	}

	private void requireThatOnlyMailsUnderWayWereRepeated(List<String> broken) {
		require(this.mails.otherMessageIds() == 0, broken,
				"%d mails had another Message-ID than the first mail to their recipient", this.mails.otherMessageIds());
		require(this.mails.messageIds() == this.mails.recipients(), broken,
				"%d recipients got mails with %d different Message-IDs", this.mails.recipients(),
				this.mails.messageIds());
		require(this.mails.mails() == this.mails.messageIds() + this.mails.repeated(), broken,
				"%d mails came, %d of them with a Message-ID", this.mails.mails(),
				this.mails.messageIds() + this.mails.repeated());
		long unrecorded = this.dispatcherKills.stream().mapToLong(DispatcherKill::unrecorded).sum();
		require(this.mails.repeated() <= unrecorded, broken,
				"%d mails were repeated, and only %d were sent and not recorded when the dispatcher was killed",
				this.mails.repeated(), unrecorded);
		for (DispatcherKill kill : this.dispatcherKills) {
			require(kill.unrecorded() <= kill.limit(), broken,
					"%d mails were sent and not recorded when the dispatcher was killed (expected: at most %d)",
					kill.unrecorded(), kill.limit());
		}
	}

	private void requireThatTheCountsAddUp(List<String> broken) {
		Batch counts = this.batch;
		require(counts.state().equals("COMPLETED"), broken, "the batch is %s (expected: COMPLETED)", counts.state());
		require(counts.rows() == this.rows, broken, "the batch has %d rows, the upload had %d", counts.rows(),
				this.rows);
		require(counts.rows() == counts.waiting() + counts.invited() + counts.skipped() + counts.invalid()
				+ counts.cancelled(), broken, "the rows do not add up: %s", counts);
		require(counts.invited() == counts.queued() + counts.sent() + counts.deferred() + counts.rejected(), broken,
				"the mails do not add up: %s", counts);
		require(counts.sent() == this.rows, broken, "%d of %d rows count as sent", counts.sent(), this.rows);
	}

	private static void require(boolean kept, List<String> broken, String sentence, Object... values) {
		if (!kept) {
			broken.add(String.format(Locale.ENGLISH, sentence, values));
		}
	}

	/**
	 * The upload was under way when invite-api was killed.
	 *
	 * @param batchId the batch that it made
	 * @param taken how many rows invite-api showed as taken before
	 * @param kept how many afterwards
	 */
	record BrokenUpload(String batchId, long taken, long kept) {
	}

	/**
	 * The dispatcher was killed while it sent.
	 *
	 * @param mails that the relay had taken
	 * @param unanswered those of them that had no answer yet, at the last look before
	 * @param unrecorded those that its ledger did not know as sent: what may be repeated
	 * because of this kill
	 * @param limit the most that may be unrecorded
	 */
	record DispatcherKill(long mails, long unanswered, long unrecorded, long limit) {
	}

}
