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

	private static final Duration PATIENCE = Duration.ofSeconds(120);

	private final RunningSystem system = RunningSystem.shared();

	private final PartnerSpace partnerSpace = this.system.partnerSpace();

	private final Mailbox mailbox = this.system.mailbox();

	private final String run = UUID.randomUUID().toString().substring(0, 8);

	private final List<String> stopped = new ArrayList<>();

	@AfterEach
	void startWhatIsStopped() {
		this.stopped.forEach((part) -> this.system.order("start", part));
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
		this.stopped.clear();

		awaitSent(invitations);
		IntStream.range(0, 5).forEach((i) -> assertThat(this.mailbox.mailsTo(address(i))).hasSize(1));
	}

	@Test
	void noMailIsLostOrChargedWhileTheRelayIsDown() {
		List<String> clients = addClients(5);
		stop("smtp");

		List<String> invitations = invite(clients);
		Json dispatcher = new Json(this.system.url("inviteDispatcher"), null);
		Awaitility.await("the dispatcher to say that it is not well")
			.atMost(PATIENCE)
			.until(() -> dispatcher.get("/actuator/health").status() == 503);
		startWhatIsStopped();
		this.stopped.clear();

		awaitSent(invitations);
		invitations.forEach(
				(id) -> assertThat(this.partnerSpace.invitation(id).required("delivery").required("attempts").asInt())
					.as("attempts")
					.isEqualTo(1));
	}

	@ParameterizedTest
	@ValueSource(strings = { "invite-api", "invite-dispatcher", "acceptance-service" })
	void nothingIsLostWhenAServiceIsKilledWithWorkOnItsHands(String service) {
		List<String> invitations = invite(addClients(100));

		this.system.kill(service);

		this.system.awaitReady(service);
		awaitSent(invitations);
		IntStream.range(0, 100).forEach((i) -> assertThat(this.mailbox.mailsTo(address(i))).isNotEmpty());
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

	private void awaitSent(List<String> invitations) {
		Awaitility.await("all mails to be sent")
			.atMost(PATIENCE)
			.ignoreExceptions()
			.untilAsserted(() -> assertThat(invitations)
				.allSatisfy((id) -> assertThat(this.partnerSpace.deliveryOf(id)).isEqualTo("SENT")));
	}

}
