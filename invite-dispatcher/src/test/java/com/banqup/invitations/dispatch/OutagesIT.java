package com.banqup.invitations.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import com.banqup.invitations.devstack.Database;
import com.banqup.invitations.devstack.Stack;
import com.banqup.invitations.dispatch.delivery.Lane;
import com.banqup.invitations.dispatch.mail.FakeMailGateway;
import com.banqup.invitations.dispatch.mail.InvitationMail;
import com.banqup.invitations.requests.InvitationRequested;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What happens when the parts around the dispatcher, or dispatchers, go away. */
@NullUnmarked
@ExtendWith(OutputCaptureExtension.class)
class OutagesIT {

	private static final Duration SOON = Duration.ofSeconds(120);

	private final Database database = Stack.shared().postgres().uniqueDatabase("dispatcher");

	private final FakeMailGateway relay = new FakeMailGateway();

	private final RequestTopics topics = new RequestTopics();

	private final List<RunningDispatcher> dispatchers = new ArrayList<>();

	@AfterEach
	void restore() {
		Stack.shared().postgres().start();
		Stack.shared().registry().start();
		Stack.shared().kafka().start();
		this.relay.release();
		this.dispatchers.forEach(RunningDispatcher::close);
		this.topics.close();
	}

	@Test
	void losesNothingAndSendsNothingTwiceWhenTheDatabaseGoesAwayInTheMiddle() {
		RunningDispatcher dispatcher = start();
		this.relay.hold();
		List<InvitationRequested> requests = RequestTopics.requests(60);
		this.topics.publish(requests);
		await().atMost(SOON).until(() -> this.relay.underWay() > 0);

		Stack.shared().postgres().stop();
		this.relay.release();
		await().atMost(SOON)
			.untilAsserted(() -> assertThat(dispatcher.get("/actuator/health")).contains("database-unavailable"));
		int before = this.relay.sent().size();
		assertThat(before).as("sent, not recorded").isPositive();
		assertThat(dispatcher.status("/actuator/health/readiness")).isEqualTo(200);
		Stack.shared().postgres().start();

		await().atMost(SOON).until(() -> mailsFor(requests).size() >= 60);
		await().atMost(SOON).untilAsserted(() -> assertThat(dispatcher.ownLag()).isZero());
		assertThat(mailsFor(requests)).hasSize(60).doesNotHaveDuplicates();
	}

	@Test
	void keepsEventsAndDeadLettersWhileKafkaIsDownAndSendsNothingTwice() {
		RunningDispatcher dispatcher = start();
		this.relay.hold();
		List<InvitationRequested> good = RequestTopics.requests(1);
		this.relay.willReject("unknown@clients.example");
		this.topics.publish(RequestTopics.request("unknown@clients.example"));
		this.topics.publishBulk(good);
		await().atMost(SOON).until(() -> this.relay.underWay() == 2);

		Stack.shared().kafka().stop();
		this.relay.release();
		await().atMost(SOON).until(() -> rows(dispatcher, "deliveries where state in ('SENT', 'REJECTED')") == 2);
		assertThat(rows(dispatcher, "dead_letters")).isOne();
		assertThat(dispatcher.status("/actuator/health/readiness")).isEqualTo(200);
		Stack.shared().kafka().start();

		List<InvitationRequested> later = RequestTopics.requests(10);
		this.topics.publish(later);
		await().atMost(SOON).until(() -> mailsFor(later).size() == 10);
		await().atMost(SOON).until(() -> rows(dispatcher, "dead_letters") == 0);
		await().atMost(SOON).untilAsserted(() -> assertThat(dispatcher.ownLag()).isZero());
		assertThat(mailsFor(good)).hasSize(1);
		assertThat(mailsFor(later)).doesNotHaveDuplicates();
	}

	@Test
	void startsWhenTheDatabaseComesLater(CapturedOutput output) {
		Stack.shared().postgres().stop();
		CompletableFuture<RunningDispatcher> starting = CompletableFuture.supplyAsync(this::start);
		await().atMost(SOON).until(() -> output.getAll().contains("Retrying in") || starting.isDone());

		Stack.shared().postgres().start();

		assertThat(starting).succeedsWithin(SOON);
		assertThat(starting.join().status("/actuator/health/readiness")).isEqualTo(200);
	}

	@Test
	void waitsForTheRegistryAndDeadLettersNothing() {
		List<InvitationRequested> requests = RequestTopics.requests(20);
		this.topics.publish(requests);
		Stack.shared().registry().stop();
		RunningDispatcher dispatcher = start();
		await().atMost(SOON)
			.untilAsserted(
					() -> assertThat(dispatcher.get("/actuator/health")).contains("schema-registry-unavailable"));

		Stack.shared().registry().start();

		await().atMost(SOON).until(() -> mailsFor(requests).size() == 20);
		assertThat(rows(dispatcher, "dead_letters")).isZero();
	}

	@Test
	void sendsNothingTwiceWhenDispatchersComeAndGo() {
		this.relay.answerAfter(Duration.ofMillis(20));
		RunningDispatcher first = start();
		List<InvitationRequested> requests = RequestTopics.requests(1500);
		this.topics.publishBulk(requests);
		await().atMost(SOON).until(() -> mailsFor(requests).size() > 100);

		start();
		first.close();

		await().atMost(SOON).until(() -> mailsFor(requests).size() >= 1500);
		await().atMost(SOON).untilAsserted(() -> assertThat(this.dispatchers.getLast().ownLag()).isZero());
		assertThat(mailsFor(requests)).hasSize(1500).doesNotHaveDuplicates();
	}

	/** Those partitions too that it had before. */
	@Test
	void sendsEverythingWhenItGetsMorePartitionsWhileItWaitsForTheRelay() {
		this.relay.goDown("connection-refused");
		RunningDispatcher leaves = start();
		List<InvitationRequested> requests = RequestTopics.requests(120);
		this.topics.publish(requests);
		await().atMost(SOON).until(() -> triesOf(leaves) > 0);
		RunningDispatcher stays = start();
		await().atMost(SOON).until(() -> triesOf(stays) > 3);

		leaves.close();
		int alone = triesOf(stays);
		await().atMost(SOON).until(() -> triesOf(stays) > alone);
		this.relay.comeBack();

		await().atMost(SOON).until(() -> mailsFor(requests).size() >= 120);
		await().atMost(SOON).untilAsserted(() -> assertThat(stays.ownLag()).isZero());
		assertThat(mailsFor(requests)).hasSize(120).doesNotHaveDuplicates();
	}

	private RunningDispatcher start() {
		RunningDispatcher dispatcher = RunningDispatcher.start(this.database, this.relay);
		this.dispatchers.add(dispatcher);
		return dispatcher;
	}

	private List<UUID> mailsFor(List<InvitationRequested> requests) {
		List<UUID> ids = requests.stream().map(InvitationRequested::getInvitationId).toList();
		return this.relay.sent().stream().map(InvitationMail::invitationId).filter(ids::contains).toList();
	}

	private static long rows(RunningDispatcher dispatcher, String table) {
		return dispatcher.database()
			.sql("select count(*) from " + table)
			.map((row) -> row.get(0, Long.class))
			.one()
			.block();
	}

	/** How often the lane has waited in vain. */
	private static int triesOf(RunningDispatcher dispatcher) {
		return dispatcher.bean("interactiveLane", Lane.class).waiting().map(Lane.Waiting::times).orElse(0);
	}

}
