package com.banqup.invitations.api.invitation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.banqup.invitations.api.ApiIntegration;
import com.banqup.invitations.api.Partner;
import com.banqup.invitations.api.RecordedRequests;
import com.banqup.invitations.api.Response;
import com.banqup.invitations.requests.InvitationRequested;
import com.banqup.invitations.requests.InvitationRevocationRequested;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ResendingAndRevokingIT extends ApiIntegration {

	@Nested
	class Resending {

		@Test
		void keepsTheInvitationRaisesTheGenerationAndRestartsTheExpiry() {
			Partner partner = administrator();
			UUID client = partner.addClient("Client");
			UUID id = partner.inviteOne(partner.createTemplate(10), client);
			partner.patch("/clients/" + client, Map.of("email", "new@new.example")).requireStatus(200);
			ResendingAndRevokingIT.this.clock.advance(Duration.ofDays(3));
			Instant before = ResendingAndRevokingIT.this.clock.instant();

			Response resent = partner.post(resend(client), null).requireStatus(202);

			assertThat(resent.text("invitationId")).isEqualTo(id.toString());
			assertThat(resent.json().at("/generation").asInt()).isEqualTo(2);
			assertThat(Instant.parse(resent.text("expiresAt"))).isAfterOrEqualTo(before.plus(Duration.ofDays(10)));
			Response invitation = partner.invitation(id);
			assertThat(invitation.json().at("/generation").asInt()).isEqualTo(2);
			assertThat(invitation.text("expiresAt")).isEqualTo(resent.text("expiresAt"));
			assertThat(invitation.text("delivery.state")).isEqualTo("QUEUED");
			List<Object> requests = awaitRequests(partner, 2);
			assertThat(requests).extracting((request) -> ((InvitationRequested) request).getGeneration())
				.containsExactly(1, 2);
			assertThat(((InvitationRequested) requests.getLast()).getEmail()).isEqualTo("new@new.example");
		}

		@Test
		void revivesAnExpiredInvitation() {
			Partner partner = administrator();
			UUID client = partner.addClient("Client");
			UUID id = partner.inviteOne(partner.createTemplate(1), client);
			ResendingAndRevokingIT.this.clock.advance(Duration.ofDays(5));
			assertThat(partner.invitation(id).text("state")).isEqualTo("EXPIRED");

			partner.post(resend(client), null).requireStatus(202);

			assertThat(partner.invitation(id).text("state")).isEqualTo("PENDING");
		}

		@Test
		void refusesWhenTheClientWasNeverInvited() {
			Partner partner = administrator();

			partner.post(resend(partner.addClient("Client")), null).requireProblem(409, "no-pending-invitation");
		}

		@Test
		void refusesWhileARevocationIsInProgress() {
			Partner partner = administrator();
			UUID client = partner.addClient("Client");
			UUID id = partner.inviteOne(partner.createTemplate(), client);
			partner.post("/invitations/" + id + "/revoke", null).requireStatus(202);

			partner.post(resend(client), null).requireProblem(409, "revocation-in-progress");
		}

		@Test
		void refusesWhenTheInvitationExpiredWhileItsRevocationWasAskedForButLetsTheClientBeInvitedAnew() {
			Partner partner = administrator();
			UUID client = partner.addClient("Client");
			UUID template = partner.createTemplate(1);
			UUID id = partner.inviteOne(template, client);
			partner.post("/invitations/" + id + "/revoke", null).requireStatus(202);
			ResendingAndRevokingIT.this.clock.advance(Duration.ofDays(2));

			partner.post(resend(client), null).requireProblem(409, "revocation-in-progress");

			assertThat(partner.invitation(id).text("state")).isEqualTo("EXPIRED");
			assertThat(partner.inviteOne(template, client)).isNotEqualTo(id);
		}

		@Test
		void refusesWhenTheLinksCannotCountFurther() {
			Partner partner = administrator();
			UUID client = partner.addClient("Client");
			UUID id = partner.inviteOne(partner.createTemplate(), client);
			ResendingAndRevokingIT.this.database.sql("UPDATE invitation SET generation = 65535 WHERE id = :id")
				.bind("id", id)
				.then()
				.block();

			partner.post(resend(client), null).requireProblem(409, "sent-too-often");
		}

		@Test
		void doesNotFindTheClientOfAnotherPartnerSpace() {
			Partner partner = administrator();
			UUID foreign = administrator().addClient("Client");

			partner.post(resend(foreign), null).requireProblem(404, "client-not-found");
		}

		private static String resend(UUID client) {
			return "/clients/" + client + "/invitation/resend";
		}

	}

	@Nested
	class Revoking {

		@Test
		void asksTheAcceptanceServiceOnceAndStaysPending() {
			Partner partner = administrator();
			UUID client = partner.addClient("Client");
			UUID id = partner.inviteOne(partner.createTemplate(), client);

			Response first = partner.post("/invitations/" + id + "/revoke", null).requireStatus(202);
			Response second = partner.post("/invitations/" + id + "/revoke", null).requireStatus(202);

			assertThat(first.text("state")).isEqualTo("PENDING");
			assertThat(first.text("revocationRequestedAt")).isNotNull().isEqualTo(second.text("revocationRequestedAt"));
			partner.inviteOne(partner.createTemplate(), partner.addClient("Last"));
			List<Object> requests = awaitRequests(partner, 3);
			assertThat(requests).hasSize(3);
			assertThat(requests.get(1)).isInstanceOfSatisfying(InvitationRevocationRequested.class, (revocation) -> {
				assertThat(revocation.getInvitationId()).isEqualTo(id);
				assertThat(revocation.getPartnerSpaceId()).isEqualTo(partner.space());
				assertThat(revocation.getClientId()).isEqualTo(client);
			});
		}

		@Test
		void refusesWhenTheInvitationHasExpired() {
			Partner partner = administrator();
			UUID id = partner.inviteOne(partner.createTemplate(1), partner.addClient("Client"));
			ResendingAndRevokingIT.this.clock.advance(Duration.ofDays(1));

			partner.post("/invitations/" + id + "/revoke", null).requireProblem(409, "no-pending-invitation");
		}

		@Test
		void doesNotFindTheInvitationOfAnotherPartnerSpace() {
			Partner other = administrator();
			UUID foreign = other.inviteOne(other.createTemplate(), other.addClient("Client"));

			administrator().post("/invitations/" + foreign + "/revoke", null)
				.requireProblem(404, "invitation-not-found");
		}

	}

	private static List<Object> awaitRequests(Partner partner, int count) {
		return Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> RecordedRequests.of(STACK, partner.space()), (requests) -> requests.size() >= count);
	}

}
