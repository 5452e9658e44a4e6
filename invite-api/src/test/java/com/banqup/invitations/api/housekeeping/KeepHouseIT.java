package com.banqup.invitations.api.housekeeping;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;

import com.banqup.invitations.api.ApiIntegration;
import com.banqup.invitations.api.Partner;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

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
