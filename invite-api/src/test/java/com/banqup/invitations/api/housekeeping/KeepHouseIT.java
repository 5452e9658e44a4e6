package com.banqup.invitations.api.housekeeping;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;

import com.banqup.invitations.api.ApiIntegration;
import com.banqup.invitations.api.Bulks;
import com.banqup.invitations.api.Partner;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static com.banqup.invitations.api.Bulks.line;
import static com.banqup.invitations.api.Bulks.path;
import static org.assertj.core.api.Assertions.assertThat;

class KeepHouseIT extends ApiIntegration {

	@Autowired
	private KeepHouse keepHouse;

	@Test
	void endsOverdueInvitationsAndRemovesAnswersNobodyCanAskForAgain() {
		Partner partner = administrator();
		UUID due = partner.inviteOne(partner.createTemplate(1), partner.addClient("A"));
		UUID notDue = partner.inviteOne(partner.createTemplate(90), partner.addClient("B"));
		partner.post("/clients", Map.of("name", "C", "email", "c@c.example"), Map.of("Idempotency-Key", "k"));
		this.keepHouse.round().block();
		assertThat(storedState(due)).isEqualTo("PENDING");
		assertThat(keptAnswers(partner)).isEqualTo(1);

		this.clock.advance(Duration.ofDays(1));
		assertThat(this.keepHouse.round().block()).isGreaterThanOrEqualTo(2);

		assertThat(storedState(due)).isEqualTo("EXPIRED");
		assertThat(storedState(notDue)).isEqualTo("PENDING");
		assertThat(keptAnswers(partner)).isZero();
	}

	@Test
	void removesBulksThatEndedLongAgoAndAllThatIsKnownOfTheirRows() {
		Partner partner = administrator();
		Bulks bulks = new Bulks(partner);
		String lines = line(0) + "{\"name\":\"B\",\"email\":\"nobody\"}\n";
		String dry = bulks.upload(lines, "&dryRun=true", Map.of());
		String open = bulks.upload(lines);
		bulks.awaitState(dry, "COMPLETED");
		bulks.awaitCount(open, "queued", 1);

		this.clock.advance(Duration.ofDays(89));
		this.keepHouse.round().block();
		assertThat(rowsOf(dry)).isEqualTo(2);
		this.clock.advance(Duration.ofDays(2));
		this.keepHouse.round().block();

		partner.get(path(dry)).requireProblem(404, "batch-not-found");
		assertThat(rowsOf(dry)).isZero();
		assertThat(rowsOf(open)).isEqualTo(2);
	}

	@Test
	void bringsTheCountsOfConnectionsTogetherThatAreGone() {
		Bulks bulks = new Bulks(administrator());
		String batch = bulks.upload(line(0));
		bulks.awaitCount(batch, "queued", 1);
		this.database.sql(
				"INSERT INTO invitation_batch_count SELECT :id, 'opened', 100000000 + n, n FROM generate_series(1, 3) n")
			.bind("id", UUID.fromString(batch))
			.then()
			.block();
		long living = shardsOf(batch) - 3;

		assertThat(this.keepHouse.round().block()).isGreaterThanOrEqualTo(3);

		assertThat(bulks.view(batch).at("/counts/opened").asInt()).isEqualTo(6);
		assertThat(bulks.view(batch).at("/counts/queued").asInt()).isEqualTo(1);
		assertThat(shardsOf(batch)).isLessThanOrEqualTo(living + 1);
		this.keepHouse.round().block();
		assertThat(bulks.view(batch).at("/counts/opened").asInt()).isEqualTo(6);
	}

	private long shardsOf(String batch) {
		return this.database.sql("SELECT count(*) FROM invitation_batch_count WHERE batch_id = :id")
			.bind("id", UUID.fromString(batch))
			.mapValue(Long.class)
			.one()
			.blockOptional()
			.orElseThrow();
	}

	private long rowsOf(String batch) {
		return this.database.sql("SELECT count(*) FROM invitation_batch_row WHERE batch_id = :id")
			.bind("id", UUID.fromString(batch))
			.mapValue(Long.class)
			.one()
			.blockOptional()
			.orElseThrow();
	}

	private String storedState(UUID invitation) {
		return this.database.sql("SELECT state FROM invitation WHERE id = :id")
			.bind("id", invitation)
			.mapValue(String.class)
			.one()
			.blockOptional()
			.orElseThrow();
	}

	private Long keptAnswers(Partner partner) {
		return this.database.sql("SELECT count(*) FROM idempotency_key WHERE partner_space_id = :space")
			.bind("space", partner.space())
			.mapValue(Long.class)
			.one()
			.blockOptional()
			.orElseThrow();
	}

}
