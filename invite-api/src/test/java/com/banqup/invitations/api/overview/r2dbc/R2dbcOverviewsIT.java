package com.banqup.invitations.api.overview.r2dbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import com.banqup.invitations.api.ApiIntegration;
import com.banqup.invitations.api.Partner;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.reactive.TransactionalOperator;

import static org.assertj.core.api.Assertions.assertThat;

class R2dbcOverviewsIT extends ApiIntegration {

	@Autowired
	private TransactionalOperator transactions;

	@Test
	void countsNothingOfAPartnerSpaceThatHasNothing() {
		assertThat(overview(administrator())).isEqualTo(JsonMapper.shared().readTree("""
				{"clients":{"inactive":0,"active":0},
				 "invitations":{"PENDING":0,"ACCEPTED":0,"EXPIRED":0,"REVOKED":0},
				 "deliveries":{"QUEUED":0,"DEFERRED":0,"CANCELLED":0,"REJECTED":0,"SENT":0}}
				"""));
	}

	@Test
	void countsWhatIsOverdueAsExpiredWhetherOrNotThatIsNotedYet() {
		Partner partner = administrator();
		List<UUID> clients = partner.addClients(7);
		UUID aDay = partner.createTemplate(1);
		UUID aMonth = partner.createTemplate(30);
		UUID noted = partner.inviteOne(aDay, clients.get(0));
		UUID notNoted = partner.inviteOne(aDay, clients.get(1));
		partner.inviteOne(aDay, clients.get(2));
		UUID accepted = partner.inviteOne(aMonth, clients.get(3));
		UUID revoked = partner.inviteOne(aMonth, clients.get(4));
		partner.inviteOne(aMonth, clients.get(5));
		set(noted, "state = 'EXPIRED', delivery_state = 'REJECTED'");
		set(notNoted, "delivery_state = 'SENT'");
		set(accepted, "state = 'ACCEPTED', accepted_at = now(), delivery_state = 'SENT'");
		set(revoked, "state = 'REVOKED'");
		administrator().addClients(1);

		this.clock.advance(Duration.ofDays(2));

		assertThat(overview(partner)).isEqualTo(JsonMapper.shared().readTree("""
				{"clients":{"inactive":7,"active":0},
				 "invitations":{"PENDING":1,"ACCEPTED":1,"EXPIRED":3,"REVOKED":1},
				 "deliveries":{"QUEUED":3,"DEFERRED":0,"CANCELLED":0,"REJECTED":1,"SENT":2}}
				"""));
	}

	/**
	 * What the index has not would be read from rows that are ten times as large. After a
	 * vacuum, as it is from time to time; when that was is a matter of chance otherwise.
	 */
	@Test
	void countsInvitationsInAnIndex() throws SQLException {
		try (Connection connection = connection(); Statement statement = connection.createStatement()) {
			statement.execute("VACUUM (ANALYZE) invitation");
		}

		List<String> plan = this.database.sql("SET LOCAL enable_seqscan = off")
			.then()
			.then(this.database.sql("SET LOCAL enable_bitmapscan = off").then())
			.thenMany(this.database.sql("EXPLAIN " + R2dbcOverviews.COUNT)
				.bind("partnerSpaceId", UUID.randomUUID())
				.bind("now", this.clock.instant())
				.mapValue(String.class)
				.all())
			.as(this.transactions::transactional)
			.collectList()
			.blockOptional()
			.orElseThrow();

		assertThat(plan).filteredOn((line) -> line.contains(" on invitation "))
			.singleElement()
			.asString()
			.contains("Index Only Scan using invitation_state");
	}

	private JsonNode overview(Partner partner) {
		return partner.get("/overview").requireStatus(200).json();
	}

	private void set(UUID invitation, String columns) {
		this.database.sql("UPDATE invitation SET " + columns + " WHERE id = :id").bind("id", invitation).then().block();
	}

}
