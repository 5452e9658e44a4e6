package com.banqup.invitations.systemtests;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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
	void nothingIsLostWhenTheDispatcherIsKilledWithMailsUnderWay() {
		List<String> clients = addClients(MANY);
		stop("smtp");
		List<String> invitations = invite(clients);
		awaitThatTheDispatcherIsNotWell();
		awaitThatAllRequestsWaitForTheDispatcher();

		Set<String> sentBefore;
		try (StallingRelay relay = new StallingRelay(this.system.smtpPort(), 20)) {
			Awaitility.await("mails under way").atMost(PATIENCE).until(() -> relay.stalled().size() > 1);
			this.system.kill("invite-dispatcher");
			assertThat(relay.taken()).hasSize(20);
			sentBefore = Stream.concat(relay.taken().stream(), relay.stalled().stream()).collect(Collectors.toSet());
		}
		startWhatIsStopped();
		this.system.awaitReady("invite-dispatcher");

		awaitSent(invitations);
		assertThatAllMailsArrived();
		assertThat(messageIds()).as("what went out and was not recorded goes out again as the same mail")
			.containsAll(sentBefore);
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

	private void awaitThatAllRequestsWaitForTheDispatcher() {
		Json dispatcher = new Json(this.system.url("inviteDispatcher"), null);
		Awaitility.await("all requests to be with Kafka, none of them settled")
			.atMost(PATIENCE)
			.until(() -> new String(dispatcher.bytes("/actuator/prometheus"), StandardCharsets.UTF_8).lines()
				.filter((line) -> line.startsWith("dispatch_consumer_lag_records{group=\"invite-dispatcher"))
				.mapToDouble((line) -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
				.sum() == MANY);
	}

	private Set<String> messageIds() {
		return IntStream.range(0, MANY)
			.mapToObj((i) -> this.mailbox.mailsTo(address(i)))
			.flatMap(List::stream)
			.map(this.mailbox::messageIdOf)
			.collect(Collectors.toSet());
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
