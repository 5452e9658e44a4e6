package com.banqup.invitations.api.invitation;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.banqup.invitations.api.ApiIntegration;
import com.banqup.invitations.api.Bulks;
import com.banqup.invitations.api.Partner;
import com.banqup.invitations.api.Response;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;

import static com.banqup.invitations.api.Bulks.line;
import static org.assertj.core.api.Assertions.assertThat;

class DailyLimitIT extends ApiIntegration {

	@Autowired
	private InvitationProperties properties;

	private Partner partner;

	private UUID template;

	private LocalDate today;

	@BeforeEach
	void aPartner() {
		this.partner = administrator();
		this.template = this.partner.createTemplate();
		this.today = LocalDate.ofInstant(this.clock.instant(), ZoneOffset.UTC);
	}

	@Test
	void refusesASingleRequestThatIsBeyondWhatBulksHaveLeftOfTheDay() {
		List<UUID> clients = this.partner.addClients(2);
		askedByBulks(this.properties.dailyLimit() - 1);
		Map<String, String> key = Map.of("Idempotency-Key", UUID.randomUUID().toString());
		Object both = Map.of("clientIds", clients, "templateId", this.template);
		Object one = Map.of("clientIds", clients.subList(0, 1), "templateId", this.template);

		Response refused = this.partner.post("/invitations", both).requireProblem(429, "daily-limit-reached");

		assertThat(refused.text("detail")).isEqualTo("Your Partner Space can ask for " + this.properties.dailyLimit()
				+ " mails a day. It has asked for " + (this.properties.dailyLimit() - 1)
				+ ", and this request asks for 2. Nothing was done; the next day begins at " + this.today.plusDays(1)
				+ "T00:00:00Z.");
		assertThat(clients)
			.allSatisfy((client) -> assertThat(this.partner.client(client).text("invitation.id")).isNull());
		this.partner.post("/invitations", one, key).requireStatus(202);
		this.partner.post(resend(clients.getFirst()), null).requireProblem(429, "daily-limit-reached");
		assertThat(this.partner.client(clients.getFirst()).json().at("/invitation/generation").asInt()).isEqualTo(1);
		assertThat(this.partner.post("/invitations", one, key).requireStatus(202).headers())
			.satisfies((headers) -> assertThat(headers.getFirst("Idempotency-Replayed")).isEqualTo("true"));
	}

	@Test
	void takesRequestsAgainAfterTheTimeItSaysForAsManyMailsAsADayHas() {
		UUID client = this.partner.addClient("Client");
		UUID other = this.partner.addClient("Other");
		this.partner.inviteOne(this.template, client);
		askedBySingleRequests(this.properties.dailyLimit());

		Response refused = this.partner.invite(this.template, List.of(other))
			.requireProblem(429, "daily-limit-reached");
		// Whom it asks for no mail, it can always answer.
		assertThat(this.partner.invite(this.template, List.of(client)).requireStatus(202).text("results.0.reason"))
			.isEqualTo("already-invited");

		Duration wait = Duration
			.ofSeconds(Long.parseLong(String.valueOf(refused.headers().getFirst(HttpHeaders.RETRY_AFTER))));
		Instant midnight = this.today.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);
		assertThat(this.clock.instant().plus(wait)).isAfterOrEqualTo(midnight);
		assertThat(this.clock.instant().plus(wait).minus(PATIENCE)).isBefore(midnight);
		this.clock.advance(wait);
		this.partner.invite(this.template, List.of(other)).requireStatus(202);
		this.partner.post(resend(client), null).requireStatus(202);
		assertThat(askedBySingleRequests()).isEqualTo(2);
	}

	@Test
	void pacesBulksForWhatSingleRequestsAndResendsHaveAskedFor() {
		UUID client = this.partner.addClient("Client");
		askedBySingleRequests(this.properties.dailyLimit() - 3);
		this.partner.inviteOne(this.template, client);
		this.partner.post(resend(client), null).requireStatus(202);
		Bulks bulks = new Bulks(this.partner);

		String batch = bulks.upload(line(0) + line(1));

		JsonNode paced = bulks.await(batch, (view) -> view.at("/pacedUntil").isString());
		assertThat(paced.at("/pacedUntil").asString()).isEqualTo(this.today.plusDays(1) + "T00:00:00Z");
		assertThat(paced.at("/counts/invited").asInt()).isEqualTo(1);
		this.partner.post(resend(client), null).requireProblem(429, "daily-limit-reached");
		this.clock.advance(Duration.ofDays(1));
		assertThat(bulks.awaitDecided(batch).at("/counts/invited").asInt()).isEqualTo(2);
	}

	@Test
	void answersASingleRequestWhileABulksTurnIsUnderWay() throws SQLException {
		UUID client = this.partner.addClient("Client");
		askedByBulks(1);
		try (Connection turn = connection();
				PreparedStatement hold = turn
					.prepareStatement("UPDATE partner_space_bulk SET invited = 2 WHERE partner_space_id = ?")) {
			turn.setAutoCommit(false);
			hold.setObject(1, this.partner.space());
			hold.executeUpdate();

			this.partner.inviteOne(this.template, client);

			turn.rollback();
		}
	}

	private static String resend(UUID client) {
		return "/clients/" + client + "/invitation/resend";
	}

	private void askedByBulks(long mails) {
		this.database.sql("INSERT INTO partner_space_bulk VALUES (:space, now(), :today, :mails)")
			.bind("space", this.partner.space())
			.bind("today", this.today)
			.bind("mails", mails)
			.then()
			.block();
	}

	private void askedBySingleRequests(long mails) {
		this.database
			.sql("INSERT INTO partner_space_single VALUES (:space, :today, :mails)"
					+ " ON CONFLICT (partner_space_id) DO UPDATE SET mails = excluded.mails")
			.bind("space", this.partner.space())
			.bind("today", this.today)
			.bind("mails", mails)
			.then()
			.block();
	}

	private long askedBySingleRequests() {
		return this.database.sql("SELECT mails FROM partner_space_single WHERE partner_space_id = :space")
			.bind("space", this.partner.space())
			.mapValue(Long.class)
			.one()
			.blockOptional()
			.orElseThrow();
	}

}
