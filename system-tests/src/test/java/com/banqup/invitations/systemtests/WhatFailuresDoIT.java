package com.banqup.invitations.systemtests;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What the README's failure table promises, on the whole system. */
class WhatFailuresDoIT {

	private static final Duration PATIENCE = Duration.ofSeconds(180);

	private static final int MANY = 100;

	private final RunningSystem system = RunningSystem.shared();

	private final PartnerSpace partnerSpace = this.system.partnerSpace();

	private final Mailbox mailbox = this.system.mailbox();

	private final String run = UUID.randomUUID().toString().substring(0, 8);

	private final List<String> stopped = new ArrayList<>();

	@AfterEach
	void startWhatIsStopped() {
		this.stopped.forEach((part) -> this.system.order("start", part));
		this.stopped.clear();
	}

	@ParameterizedTest
	@ValueSource(strings = { "kafka", "registry" })
	void theApiGoesOnAcceptingWithoutItAndTheMailsArriveWhenItIsBack(String part) {
		List<String> clients = addClients(5);
		String template = this.partnerSpace.createTemplate();
		stop(part);

		List<String> invitations = clients.stream()
			.map((client) -> this.partnerSpace.invite(client, template))
			.toList();
		startWhatIsStopped();

		awaitSent(invitations);
		IntStream.range(0, 5).forEach((i) -> assertThat(this.mailbox.mailsTo(address(i))).hasSize(1));
	}

	@Test
	void noMailIsLostOrChargedWhileTheRelayIsDown() {
		List<String> clients = addClients(5);
		stop("smtp");

		List<String> invitations = invite(clients);
		awaitThatTheDispatcherIsNotWell();
		startWhatIsStopped();

		awaitSent(invitations);
		invitations.forEach(
				(id) -> assertThat(this.partnerSpace.invitation(id).required("delivery").required("attempts").asInt())
					.as("attempts")
					.isEqualTo(1));
	}

	@Test
	void nothingIsLostWhenTheApiIsKilledWithItsOutboxFull() {
		List<String> clients = addClients(MANY);
		stop("kafka");
		List<String> invitations = invite(clients);

		this.system.kill("invite-api");
		startWhatIsStopped();
		this.system.awaitReady("invite-api");

		awaitSent(invitations);
		assertThatAllMailsArrived();
	}

	@Test
	void everyLinkOpensAfterTheAcceptanceServiceWasKilledWhileInvitationsCameIn() {
		List<String> invitations = invite(addClients(MANY));

		this.system.kill("acceptance-service");
		this.system.awaitReady("acceptance-service");

		awaitSent(invitations);
		Json app = this.system.app("app-user-" + this.run, address(0));
		Awaitility.await("all links to be known")
			.atMost(PATIENCE)
			.untilAsserted(() -> assertThat(IntStream.range(0, MANY)
				.mapToObj((i) -> this.mailbox.linkIn(this.mailbox.mailsTo(address(i)).getFirst()).getPath())
				.map((path) -> app.get("/v1/invitations/" + path.substring("/i/".length())).status()))
				.containsOnly(200));
	}

	private List<String> addClients(int count) {
		return IntStream.range(0, count)
			.mapToObj(
					(i) -> this.partnerSpace.addClient("Café de l’Été %s %d".formatted(this.run, i), address(i), "fr"))
			.toList();
	}

	private String address(int i) {
		return "info-%s-%d@ete.example".formatted(this.run, i);
	}

	private List<String> invite(List<String> clients) {
		return this.partnerSpace.inviteAll(clients, this.partnerSpace.createTemplate());
	}

	private void stop(String part) {
		this.system.order("stop", part);
		this.stopped.add(part);
	}

	private void awaitThatTheDispatcherIsNotWell() {
		Json dispatcher = new Json(this.system.url("inviteDispatcher"), null);
		Awaitility.await("the dispatcher to say that it is not well")
			.atMost(PATIENCE)
			.until(() -> dispatcher.get("/actuator/health").status() == 503);
	}

	private void assertThatAllMailsArrived() {
		IntStream.range(0, MANY).forEach((i) -> assertThat(this.mailbox.mailsTo(address(i))).isNotEmpty());
	}

	private void awaitSent(List<String> invitations) {
		Awaitility.await("all mails to be sent")
			.atMost(PATIENCE)
			.ignoreExceptions()
			.untilAsserted(() -> assertThat(invitations)
				.allSatisfy((id) -> assertThat(this.partnerSpace.deliveryOf(id)).isEqualTo("SENT")));
	}

}
