package com.banqup.invitations.systemtests;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** The job the system is for, once through a browser and once through the app's API. */
class FromInvitationToActiveClientIT {

	private static final Duration PATIENCE = Duration.ofSeconds(180);

	private final RunningSystem system = RunningSystem.shared();

	private final PartnerSpace partnerSpace = this.system.partnerSpace();

	private final Mailbox mailbox = this.system.mailbox();

	private final String name = "Bakkerij 't Gouden Ëi " + UUID.randomUUID().toString().substring(0, 8);

	private final String email = "info+" + UUID.randomUUID() + "@gouden-ei.example";

	private String clientId = "";

	private String invitationId = "";

	@BeforeEach
	void inviteAClient() {
		this.clientId = this.partnerSpace.addClient(this.name, this.email, "nl");
		this.invitationId = this.partnerSpace.invite(this.clientId, this.partnerSpace.createTemplate());
	}

	@Test
	@InABrowser
	void inABrowser() {
		JsonNode mail = this.mailbox.awaitMailsTo(this.email, 1).getFirst();
		String link = this.mailbox.qrCodeIn(mail);
		assertThat(this.mailbox.linkIn(mail)).asString().as("the link beside the QR code").isEqualTo(link);
		assertThat(this.partnerSpace.statusOf(this.clientId)).isEqualTo("INACTIVE");

		try (Browser browser = Browser.open()) {
			browser.visit(link);
			assertThat(browser.language()).isEqualTo("nl");
			assertThat(browser.text()).contains("Boekhouding Janssens & Zoon", this.name);
			browser.press("button[value='new']");

			assertThat(browser.url()).startsWith(this.system.url("identityProvider").toString());
			browser.type("email", this.email);
			browser.type("name", "Els 't Kindt");
			browser.press("form button");

			assertThat(browser.url()).isEqualTo(link + "/space");
			browser.type("name", this.name);
			browser.type("country", "BE");
			browser.type("vatNumber", "BE0403019261");
			browser.press("form[action$='/space'] button");

			assertThat(browser.url()).startsWith(link + "/confirm");
			assertThat(browser.text()).contains("Boekhouding Janssens & Zoon", this.name);
			assertThat(this.partnerSpace.statusOf(this.clientId)).as("before the confirmation").isEqualTo("INACTIVE");
			browser.choose("consent", "yes");
			browser.press("form[action$='/confirm'] button");

			assertThat(browser.url()).isEqualTo(link + "/done");
			assertThat(browser.text()).contains("Boekhouding Janssens & Zoon", this.name);
		}
		assertThatTheClientMovesToTheActiveTab();
	}

	@Test
	void throughTheAppsApi() {
		URI link = this.mailbox.linkIn(this.mailbox.awaitMailsTo(this.email, 1).getFirst());
		String token = link.getPath().substring("/i/".length());
		Json app = this.system.app("app-user-" + UUID.randomUUID(), this.email);

		JsonNode invitation = app.get("/v1/invitations/" + token).expect(200).body();
		assertThat(invitation.required("partnerName").asString()).isEqualTo("Boekhouding Janssens & Zoon");
		String space = app
			.post("/v1/business-spaces", Map.of("name", this.name, "country", "BE", "vatNumber", "BE0403019261"))
			.expect(201)
			.text("id");
		JsonNode shown = invitation.required("consent");
		Map<String, Object> confirmation = Map.of("businessSpaceId", space, "consent",
				Map.of("version", shown.required("version").asString(), "language",
						shown.required("language").asString(), "hash", shown.required("hash").asString()));
		JsonNode accepted = app.post("/v1/invitations/" + token + "/accept", confirmation).expect(200).body();
		JsonNode repeated = app.post("/v1/invitations/" + token + "/accept", confirmation).expect(200).body();

		assertThat(repeated).as("accepting again gives the same answer").isEqualTo(accepted);
		assertThatTheClientMovesToTheActiveTab();
	}

	@Test
	void aResentInvitationComesWithALinkOfItsOwnAndTheOldOneExplainsItself() {
		URI first = this.mailbox.linkIn(this.mailbox.awaitMailsTo(this.email, 1).getFirst());

		this.partnerSpace.resend(this.clientId);

		URI second = this.mailbox.linkIn(this.mailbox.awaitMailsTo(this.email, 2).getFirst());
		assertThat(second).isNotEqualTo(first);
		Json app = this.system.app("app-user-" + UUID.randomUUID(), this.email);
		Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
			Json.Answer superseded = app.get("/v1/invitations/" + first.getPath().substring("/i/".length()));
			assertThat(superseded.status()).isEqualTo(410);
			assertThat(superseded.text("type")).endsWith("/link-superseded");
		});
	}

	private void assertThatTheClientMovesToTheActiveTab() {
		Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
			assertThat(this.partnerSpace.statusOf(this.clientId)).isEqualTo("ACTIVE");
			assertThat(this.partnerSpace.idsOn("active", this.email.substring(5, 41))).containsExactly(this.clientId);
			JsonNode invitation = this.partnerSpace.invitation(this.invitationId);
			assertThat(invitation.required("state").asString()).isEqualTo("ACCEPTED");
			assertThat(invitation.required("progress").asString()).isEqualTo("CONFIRMED");
			assertThat(invitation.required("delivery").required("state").asString()).isEqualTo("SENT");
		});
	}

}
