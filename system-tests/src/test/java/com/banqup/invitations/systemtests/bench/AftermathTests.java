package com.banqup.invitations.systemtests.bench;

import java.util.ArrayList;
import java.util.List;

import com.banqup.invitations.systemtests.bench.Aftermath.BrokenUpload;
import com.banqup.invitations.systemtests.bench.Aftermath.DispatcherKill;
import com.banqup.invitations.systemtests.bench.PartnerSpace.Batch;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AftermathTests {

	private static final int ROWS = 1_000;

	private BrokenUpload upload = new BrokenUpload("batch", 200, 300);

	private List<DispatcherKill> dispatcherKills = List.of(new DispatcherKill(300, 16, 30, 756),
			new DispatcherKill(600, 16, 20, 756));

	private long unmailed;

	private Mails mails = new Mails(ROWS + 50, ROWS, ROWS, 50, 0);

	private Counts counts = new Counts("COMPLETED", ROWS, 0, ROWS, 0, ROWS, 0);

	@Test
	void everythingWasKept() {
		assertThat(brokenPromises()).isEmpty();
	}

	@Test
	void theUploadDidNotGoOn() {
		this.upload = new BrokenUpload("another", 200, 100);

		assertThat(brokenPromises()).containsExactly(
				"invite-api showed 200 rows as taken before it was killed, and 100 afterwards",
				"the repeated upload made another batch: batch instead of another");
	}

	@Test
	void rowsWereNotMailed() {
		this.unmailed = 3;
		this.mails = new Mails(ROWS + 50, ROWS, ROWS, 50, 0);

		assertThat(brokenPromises()).containsExactly("3 of 1000 rows were never mailed",
				"1000 recipients got a mail, 997 of them are in the upload");
	}

	@Test
	void moreWasRepeatedThanWasUnderWay() {
		this.mails = new Mails(ROWS + 51, ROWS, ROWS, 51, 0);

		assertThat(brokenPromises()).containsExactly(
				"51 mails were repeated, and only 50 were sent and not recorded when the dispatcher was killed");
	}

	@Test
	void moreWasUnderWayThanShouldBe() {
		this.dispatcherKills = List.of(new DispatcherKill(300, 16, 757, 756));

		assertThat(brokenPromises()).containsExactly(
				"757 mails were sent and not recorded when the dispatcher was killed (expected: at most 756)");
	}

	@Test
	void mailsWereRepeatedWithAnotherMessageId() {
		this.mails = new Mails(ROWS + 50, ROWS, ROWS + 1, 49, 1);

		assertThat(brokenPromises()).containsExactly(
				"1 mails had another Message-ID than the first mail to their recipient",
				"1000 recipients got mails with 1001 different Message-IDs");
	}

	@Test
	void mailsHadNoMessageId() {
		this.mails = new Mails(ROWS + 50, ROWS, ROWS, 40, 0);

		assertThat(brokenPromises()).containsExactly("1050 mails came, 1040 of them with a Message-ID");
	}

	@Test
	void theCountsDoNotAddUp() {
		this.counts = new Counts("RUNNING", ROWS + 1, 1, ROWS - 1, 0, ROWS - 3, 1);

		List<String> broken = brokenPromises();

		assertThat(broken).hasSize(5).startsWith("the batch is RUNNING (expected: COMPLETED)");
		assertThat(broken.get(1)).isEqualTo("the batch has 1001 rows, the upload had 1000");
		assertThat(broken.get(2)).startsWith("the rows do not add up: Batch[");
		assertThat(broken.get(3)).startsWith("the mails do not add up: Batch[");
		assertThat(broken.get(4)).isEqualTo("997 of 1000 rows count as sent");
	}

	@Test
	void tellsWhatWasRepeatedAndWhatCouldHaveBeen() {
		assertThat(aftermath().figures().values()).containsEntry(Figures.REPEATED, 50.0)
			.containsEntry("mails sent and not recorded when the dispatcher was killed, 1", 30.0)
			.containsEntry("mails without an answer when the dispatcher was killed, 2", 16.0)
			.containsEntry("rows without a mail", 0.0);
	}

	private List<String> brokenPromises() {
		return new ArrayList<>(aftermath().brokenPromises());
	}

	private Aftermath aftermath() {
		return new Aftermath(ROWS, this.upload, 250, this.dispatcherKills, this.unmailed, this.mails.stats(),
				this.counts.batch(), 60);
	}

	private record Mails(long mails, long recipients, long messageIds, long repeated, long otherMessageIds) {

		Sink.Stats stats() {
			return new Sink.Stats(this.mails, this.recipients, this.messageIds, this.repeated, this.otherMessageIds, 0,
					0, 0, 0, 0);
		}

	}

	private record Counts(String state, long rows, long waiting, long invited, long queued, long sent, long deferred) {

		Batch batch() {
			return new Batch("batch", this.state, this.rows, this.waiting, this.invited, 0, 0, 0, this.queued,
					this.sent, this.deferred, 0);
		}

	}

}
