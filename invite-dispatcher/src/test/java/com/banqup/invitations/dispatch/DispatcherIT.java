package com.banqup.invitations.dispatch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.banqup.invitations.devstack.Stack;
import com.banqup.invitations.dispatch.mail.FakeMailGateway;
import com.banqup.invitations.dispatch.mail.InvitationMail;
import com.banqup.invitations.events.InvitationCancelled;
import com.banqup.invitations.events.InvitationDeferred;
import com.banqup.invitations.events.InvitationSent;
import com.banqup.invitations.events.InvitationUndeliverable;
import com.banqup.invitations.events.LinkEstablished;
import com.banqup.invitations.requests.InvitationRequested;
import com.banqup.invitations.schemas.Topics;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The whole service with a real database, broker and registry; only the relay is ours.
 */
@NullUnmarked
class DispatcherIT {

	private static final Duration SOON = Duration.ofSeconds(120);

	private static final FakeMailGateway relay = new FakeMailGateway();

	private static RunningDispatcher dispatcher;

	private static RequestTopics topics;

	@BeforeAll
	static void start() {
		dispatcher = RunningDispatcher.start(Stack.shared().postgres().uniqueDatabase("dispatcher"), relay,
				"dispatch.retry.delays=200ms,200ms", "dispatch.retry.jitter=0",
				"dispatch.requests.partition-fetch=32KB");
		topics = new RequestTopics();
	}

	@AfterAll
	static void stop() {
		topics.close();
		dispatcher.close();
	}

	@AfterEach
	void relayWorks() {
		relay.comeBack();
		relay.release();
		relay.answerAfter(Duration.ZERO);
	}

	@Test
	void sendsWhatIsRequestedOnBothTopicsAndTellsSo() {
		List<InvitationRequested> single = RequestTopics.requests(30);
		List<InvitationRequested> bulk = RequestTopics.requests(300);

		topics.publish(single);
		topics.publishBulk(bulk);

		await().atMost(SOON).until(() -> mailsFor(single) == 30 && mailsFor(bulk) == 300);
		await().atMost(SOON).untilAsserted(() -> {
			InvitationSent sent = onlyEvent(InvitationSent.class, single.getFirst());
			assertThat(sent.getReplyCode()).isEqualTo(250);
			assertThat(sent.getAttempts()).isEqualTo(1);
			assertThat(sent.getPartnerSpaceId()).isEqualTo(single.getFirst().getPartnerSpaceId());
			assertThat(sent.getClientId()).isEqualTo(single.getFirst().getClientId());
		});
		InvitationMail mail = mail(single.getFirst());
		assertThat(mail.clientName()).isEqualTo("Café Ĳsbrand");
		assertThat(mail.message()).isEqualTo("Welkom");
		assertThat(mail.expiresAt()).isEqualTo(single.getFirst().getExpiresAt());
	}

	@Test
	void sendsOneMailWhenTheRequestComesTwice() {
		InvitationRequested request = RequestTopics.request("twice@clients.example");
		topics.publish(request);
		topics.publishBulk(List.of(request));

		await().atMost(SOON).until(() -> topics.isSettled(Topics.INVITATION_REQUESTS, "invite-dispatcher"));
		await().atMost(SOON).until(() -> topics.isSettled(Topics.INVITATION_REQUESTS_BULK, "invite-dispatcher-bulk"));
		assertThat(mailsFor(List.of(request))).isEqualTo(1);
		await().atMost(SOON).untilAsserted(() -> onlyEvent(InvitationSent.class, request));
	}

	@Test
	void deadLettersWhatCannotBeDecodedAsItCameAndGoesOn() {
		String key = UUID.randomUUID().toString();
		byte[] rubbish = "no avro at all".getBytes(StandardCharsets.UTF_8);
		topics.publishBytes(Topics.INVITATION_REQUESTS, key, rubbish);
		InvitationRequested next = RequestTopics.request("next@clients.example");
		topics.publish(Topics.INVITATION_REQUESTS, UUID.fromString(key), next);

		await().atMost(SOON).until(() -> mailsFor(List.of(next)) == 1);
		await().atMost(SOON).untilAsserted(() -> {
			ConsumerRecord<byte[], byte[]> dead = deadLetter(key);
			assertThat(dead.value()).isEqualTo(rubbish);
			assertThat(dead.headers().lastHeader("trace").value()).containsExactly(1, 2);
			assertThat(header(dead, "dead-letter-reason")).isEqualTo("undecodable");
			assertThat(header(dead, "kafka_dlt-original-topic")).isEqualTo(Topics.INVITATION_REQUESTS);
			assertThat(ByteBuffer.wrap(dead.headers().lastHeader("kafka_dlt-original-offset").value()).getLong())
				.isNotNegative();
			assertThat(header(dead, "kafka_dlt-exception-message")).isNotEmpty();
		});
	}

	@Test
	void deadLettersARecordWithoutAValueAndGoesOn() {
		String key = UUID.randomUUID().toString();
		topics.publishBytes(Topics.INVITATION_REQUESTS, key, null);
		InvitationRequested next = RequestTopics.request("after-nothing@clients.example");
		topics.publish(Topics.INVITATION_REQUESTS, UUID.fromString(key), next);

		await().atMost(SOON).until(() -> mailsFor(List.of(next)) == 1);
		await().atMost(SOON).untilAsserted(() -> assertThat(deadLetter(key).value()).isNull());
	}

	@Test
	void deadLettersWhatTheRegistryHasNoSchemaFor() {
		String key = UUID.randomUUID().toString();
		byte[] unknown = { 0, 0x7F, 0, 0, 1, 2, 3 };
		topics.publishBytes(Topics.INVITATION_REQUESTS, key, unknown);

		await().atMost(SOON).untilAsserted(() -> assertThat(deadLetter(key).value()).isEqualTo(unknown));
	}

	@Test
	void tellsWhatNobodyCanCarryOutAndDeadLettersIt() {
		InvitationRequested request = InvitationRequested
			.newBuilder(RequestTopics.request("in-two-hundred-years@clients.example"))
			.setExpiresAt(Instant.parse("2226-01-01T00:00:00Z"))
			.build();

		topics.publishBulk(List.of(request));

		await().atMost(SOON).untilAsserted(() -> {
			InvitationUndeliverable event = onlyEvent(InvitationUndeliverable.class, request);
			assertThat(event.getReasonCode()).isEqualTo("out-of-range");
			assertThat(event.getPartnerSpaceId()).isEqualTo(request.getPartnerSpaceId());
			assertThat(event.getClientId()).isEqualTo(request.getClientId());
			assertThat(event.getGeneration()).isEqualTo(request.getGeneration());
			assertThat(event.getReplyCode()).isNull();
			assertThat(event.getAttempts()).isZero();
			ConsumerRecord<byte[], byte[]> dead = deadLetter(request.getPartnerSpaceId().toString());
			assertThat(dead.value()).isEqualTo(topics.bytesOf(Topics.INVITATION_REQUESTS_BULK, request));
			assertThat(header(dead, "dead-letter-reason")).isEqualTo("out-of-range");
		});
		assertThat(mailsFor(List.of(request))).isZero();
	}

	@Test
	void passesOverWhatIsNotForIt() {
		UUID id = UUID.randomUUID();
		topics.publish(Topics.INVITATION_REQUESTS, id,
				new LinkEstablished(id, Instant.EPOCH, id, id, id, 1, id, id, id, id, List.of()));
		InvitationRequested next = RequestTopics.request("after@clients.example");
		topics.publish(Topics.INVITATION_REQUESTS, id, next);

		await().atMost(SOON).until(() -> mailsFor(List.of(next)) == 1);
		await().atMost(SOON).untilAsserted(() -> assertThat(lag("dispatch_consumer_lag_records")).isZero());
		assertThat(topics.records(Topics.INVITATION_REQUESTS_DEAD_LETTERS))
			.noneMatch((record) -> id.toString().equals(new String(record.key(), StandardCharsets.UTF_8)));
	}

	@Test
	void givesUpAtOnceWhatTheRelayRejectsForGood() {
		InvitationRequested request = RequestTopics.request("unknown@clients.example");
		relay.willReject("unknown@clients.example");

		topics.publish(request);

		await().atMost(SOON).untilAsserted(() -> {
			InvitationUndeliverable event = onlyEvent(InvitationUndeliverable.class, request);
			assertThat(event.getReasonCode()).isEqualTo("mailbox-unknown");
			assertThat(event.getReplyCode()).isEqualTo(550);
			assertThat(event.getEnhancedStatus()).isEqualTo("5.1.1");
			assertThat(event.getAttempts()).isEqualTo(1);
		});
		await().atMost(SOON).untilAsserted(() -> {
			ConsumerRecord<byte[], byte[]> dead = deadLetter(request.getPartnerSpaceId().toString());
			assertThat(dead.value()).isEqualTo(topics.bytesOf(Topics.INVITATION_REQUESTS, request));
			assertThat(header(dead, "dead-letter-reason")).isEqualTo("mailbox-unknown");
		});
	}

	@Test
	void triesAgainWhatTheRelayDefersAndTellsEachTime() {
		InvitationRequested request = RequestTopics.request("busy@clients.example");
		relay.willDeferOnce("busy@clients.example");

		topics.publish(request);

		await().atMost(SOON).untilAsserted(() -> {
			assertThat(onlyEvent(InvitationSent.class, request).getAttempts()).isEqualTo(2);
			InvitationDeferred deferred = onlyEvent(InvitationDeferred.class, request);
			assertThat(deferred.getReplyCode()).isEqualTo(450);
			assertThat(deferred.getReasonCode()).isEqualTo("mailbox-busy");
			assertThat(deferred.getAttempts()).isEqualTo(1);
		});
		assertThat(mailsFor(List.of(request))).isEqualTo(1);
	}

	@Test
	void givesUpWhatTheRelayDefersTooOften() {
		InvitationRequested request = RequestTopics.request("always-busy@clients.example");
		relay.willDefer("always-busy@clients.example");

		topics.publish(request);

		await().atMost(SOON).untilAsserted(() -> {
			InvitationUndeliverable event = onlyEvent(InvitationUndeliverable.class, request);
			assertThat(event.getReasonCode()).isEqualTo("attempts-exhausted");
			assertThat(event.getAttempts()).isEqualTo(3);
			assertThat(events(InvitationDeferred.class, request)).hasSize(2);
			ConsumerRecord<byte[], byte[]> dead = deadLetter(request.getPartnerSpaceId().toString());
			assertThat(dead.value()).isEqualTo(topics.bytesOf(Topics.INVITATION_REQUESTS, request));
			assertThat(header(dead, "dead-letter-reason")).isEqualTo("attempts-exhausted");
		});
	}

	@Test
	void sendsNothingThatIsRevokedBeforeItCouldBeSent() {
		InvitationRequested request = RequestTopics.request("revoked@clients.example");
		topics.revoke(request);
		topics.publish(request);

		await().atMost(SOON).untilAsserted(() -> {
			InvitationCancelled event = onlyEvent(InvitationCancelled.class, request);
			assertThat(event.getReasonCode()).isEqualTo("revoked");
		});
		assertThat(mailsFor(List.of(request))).isZero();
	}

	@Test
	void sendsASingleMailAlthoughABulkGetsNoFurther() {
		List<InvitationRequested> bulk = bulk(600);
		InvitationRequested single = RequestTopics.request("overtakes@clients.example");
		relay.holdAllBut(single.getEmail());
		topics.publishBulk(bulk);
		await().atMost(SOON).until(() -> relay.underWay() > 0);

		topics.publish(List.of(single));

		await().atMost(SOON).until(() -> mailsFor(List.of(single)) == 1);
		assertThat(mailsFor(bulk)).isZero();
		relay.release();
		await().atMost(SOON).until(() -> mailsFor(bulk) == 600);
	}

	/**
	 * In partitions of their own: a partition is left after each fetch, some hundred
	 * requests here. In the same partition the one waits for what lies before it, of
	 * which invite-api puts there a limited number.
	 */
	@Test
	void sharesTheSendingBetweenTheBulksOfTwoPartners() {
		List<InvitationRequested> large = bulk(1_200);
		List<InvitationRequested> small = bulk(20, inAnotherPartition(large.getFirst()));
		relay.hold();
		topics.publishBulk(large);
		await().atMost(SOON).until(() -> relay.underWay() > 0);
		topics.publishBulk(small);

		relay.release();

		await().atMost(SOON).until(() -> mailsFor(large) == large.size() && mailsFor(small) == small.size());
		List<UUID> order = relay.sent().stream().map(InvitationMail::invitationId).toList();
		int lastOfSmall = small.stream().mapToInt((each) -> order.indexOf(each.getInvitationId())).max().orElseThrow();
		assertThat(large).filteredOn((each) -> order.indexOf(each.getInvitationId()) > lastOfSmall)
			.as("mails of the large bulk after the last of the small one")
			.hasSizeGreaterThan(large.size() / 3);
	}

	@Test
	void sendsNothingMoreOfABulkThatIsCancelledWhileItsMailsLieInKafka() {
		List<InvitationRequested> bulk = bulk(300);
		UUID partner = bulk.getFirst().getPartnerSpaceId();
		relay.answerAfter(Duration.ofMillis(20));
		topics.publishBulk(bulk);
		await().atMost(SOON).until(() -> mailsFor(bulk) > 0);

		topics.cancelBulk(bulk.getFirst().getBatchId(), partner);
		topics.cancelBulk(bulk.getFirst().getBatchId(), partner);
		List<InvitationRequested> rest = bulk(100, bulk.getFirst());
		await().atMost(SOON).until(() -> topics.isSettled(Topics.INVITATION_REQUESTS, "invite-dispatcher"));
		topics.publishBulk(rest);

		await().atMost(SOON).untilAsserted(() -> {
			List<InvitationCancelled> cancelled = eventsOf(InvitationCancelled.class, partner);
			assertThat(cancelled).hasSize(400 - mailsFor(bulk))
				.allMatch((event) -> event.getReasonCode().equals("batch-cancelled"))
				.extracting(InvitationCancelled::getInvitationId)
				.doesNotHaveDuplicates();
			assertThat(eventsOf(InvitationSent.class, partner)).hasSize(mailsFor(bulk));
		});
		assertThat(mailsFor(rest)).isZero();
	}

	@Test
	void cancelsAMailThatIsDeferredWhileItsBulkIsBeingCancelled() {
		InvitationRequested request = bulk(1).getFirst();
		relay.hold();
		topics.publishBulk(List.of(request));
		await().atMost(SOON).until(() -> relay.underWay() == 1);

		topics.cancelBulk(request.getBatchId(), request.getPartnerSpaceId());
		await().atMost(SOON).until(() -> topics.isSettled(Topics.INVITATION_REQUESTS, "invite-dispatcher"));
		relay.willDefer(request.getEmail());
		relay.release();

		await().atMost(SOON)
			.untilAsserted(() -> assertThat(onlyEvent(InvitationCancelled.class, request).getReasonCode())
				.isEqualTo("batch-cancelled"));
		assertThat(onlyEvent(InvitationDeferred.class, request).getAttempts()).isOne();
		assertThat(mailsFor(List.of(request))).isZero();
	}

	@Test
	void chargesNobodyWhileTheRelayIsDownAndSaysWhy() {
		relay.goDown("connection-refused");
		List<InvitationRequested> requests = RequestTopics.requests(40);
		topics.publish(requests);

		await().atMost(SOON).untilAsserted(() -> {
			assertThat(dispatcher.get("/actuator/health")).contains("\"relay\":{\"details\":")
				.contains("connection-refused")
				.contains("relay-connection-refused");
			assertThat(dispatcher.metric("dispatch_relay_up", "")).isZero();
			assertThat(dispatcher.metric("dispatch_lane_waiting", "interactive")).isOne();
			assertThat(lag("dispatch_consumer_lag_records")).isEqualTo(40);
			assertThat(lag("dispatch_consumer_lag_seconds")).isPositive();
		});
		assertThat(dispatcher.status("/actuator/health/readiness")).as("readiness").isEqualTo(200);
		assertThat(dispatcher.status("/actuator/health/liveness")).as("liveness").isEqualTo(200);
		relay.comeBack();

		await().atMost(SOON).untilAsserted(() -> {
			assertThat(mailsFor(requests)).isEqualTo(40);
			assertThat(lag("dispatch_consumer_lag_records")).isZero();
			assertThat(lag("dispatch_consumer_lag_seconds")).isZero();
			assertThat(dispatcher.metric("dispatch_relay_up", "")).isOne();
		});
		await().atMost(SOON)
			.untilAsserted(() -> assertThat(events(InvitationSent.class, requests.getFirst())).singleElement()
				.extracting(InvitationSent::getAttempts)
				.isEqualTo(1));
	}

	@Test
	void tellsTheLagOfConsumersThatAreDead() {
		ConcurrentMessageListenerContainer<?, ?> lane = dispatcher.bean("bulkRequests",
				ConcurrentMessageListenerContainer.class);
		lane.stop();
		List<InvitationRequested> requests = RequestTopics.requests(25);

		topics.publishBulk(requests);

		try {
			await().atMost(SOON).untilAsserted(() -> {
				assertThat(lag("dispatch_consumer_lag_records")).isEqualTo(25);
				assertThat(lag("dispatch_consumer_lag_seconds")).isPositive();
			});
			assertThat(dispatcher.status("/actuator/health/liveness")).isEqualTo(503);
		}
		finally {
			lane.start();
		}
		await().atMost(SOON).until(() -> mailsFor(requests) == 25);
	}

	@Test
	void tellsTheLagOfTheOtherServicesToo() {
		topics.publish(RequestTopics.request("single@clients.example"));
		topics.publishBulk(RequestTopics.requests(1));

		await().atMost(SOON).untilAsserted(() -> {
			for (String group : List.of("acceptance-service", "acceptance-service-bulk", "invite-api")) {
				String label = "group=\"%s\"".formatted(group);
				assertThat(dispatcher.metric("dispatch_consumer_lag_records", label)).as(group).isPositive();
				assertThat(dispatcher.metric("dispatch_consumer_lag_seconds", label)).as(group).isPositive();
			}
		});
	}

	@Test
	void limitsWhatTheDatabaseMayTake() {
		Map<String, Object> settings = dispatcher.database()
			.sql("select current_setting('statement_timeout') as statement, current_setting('lock_timeout') as lock")
			.fetch()
			.one()
			.block();

		assertThat(settings).containsEntry("statement", "9s").containsEntry("lock", "5s");
	}

	@Test
	void showsHealthAndMetricsAndNothingElse() {
		await().atMost(SOON).until(() -> dispatcher.status("/actuator/health") == 200);
		assertThat(dispatcher.status("/actuator/prometheus")).isEqualTo(200);
		assertThat(dispatcher.status("/actuator/env")).isEqualTo(404);
		await().atMost(SOON)
			.untilAsserted(() -> assertThat(dispatcher.get("/actuator/prometheus"))
				.contains("dispatch_queue_depth{", "queue=\"retries-due\"", "queue=\"retries-waiting\"",
						"queue=\"dead-letters\"")
				.contains("dispatch_mails_total{", "outbox"));
	}

	@Test
	void answersOnAConnectionOnWhichARequestCameBeforeTheLastWasAnswered() throws IOException {
		try (Socket connection = new Socket(InetAddress.getLoopbackAddress(), dispatcher.port())) {
			connection.setSoTimeout(Math.toIntExact(SOON.toMillis()));

			ask(connection, "/actuator/prometheus", "/nothing");
			assertThat(answers(connection, 2)).isEqualTo(2);
			ask(connection, "/nothing");
			assertThat(answers(connection, 1)).isOne();
		}
	}

	private static void ask(Socket connection, String... paths) throws IOException {
		String requests = Stream.of(paths)
			.map("GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n"::formatted)
			.collect(Collectors.joining());
		connection.getOutputStream().write(requests.getBytes(StandardCharsets.US_ASCII));
	}

	/**
	 * How many answers there are; returns when there are enough, or the connection ends.
	 */
	private static int answers(Socket connection, int enough) throws IOException {
		StringBuilder received = new StringBuilder();
		int answers = 0;
		for (int c = connection.getInputStream().read(); c >= 0; c = connection.getInputStream().read()) {
			received.append((char) c);
			if (c == ' ' && received.length() >= 9 && received.substring(received.length() - 9).equals("HTTP/1.1 ")
					&& ++answers == enough) {
				break;
			}
		}
		return answers;
	}

	private static List<InvitationRequested> bulk(int size) {
		InvitationRequested any = RequestTopics.request("any@clients.example");
		return bulk(size, InvitationRequested.newBuilder(any).setBatchId(UUID.randomUUID()).build());
	}

	/**
	 * A request of a bulk of another partner, which is kept apart from this one in Kafka.
	 */
	private static InvitationRequested inAnotherPartition(InvitationRequested request) {
		int partition = RequestTopics.bulkPartitionOf(request);
		return Stream.generate(() -> bulk(1).getFirst())
			.filter((other) -> RequestTopics.bulkPartitionOf(other) != partition)
			.findFirst()
			.orElseThrow();
	}

	/** So many requests of the same bulk as the other. */
	private static List<InvitationRequested> bulk(int size, InvitationRequested other) {
		return RequestTopics.requests(size)
			.stream()
			.map((request) -> InvitationRequested.newBuilder(request)
				.setEmail("%s@bulk.example".formatted(request.getInvitationId()))
				.setPartnerSpaceId(other.getPartnerSpaceId())
				.setBatchId(other.getBatchId())
				.build())
			.toList();
	}

	private static double lag(String metric) {
		return dispatcher.metric(metric, "group=\"invite-dispatcher");
	}

	private static int mailsFor(List<InvitationRequested> requests) {
		List<UUID> ids = requests.stream().map(InvitationRequested::getInvitationId).toList();
		return Math.toIntExact(relay.sent().stream().filter((mail) -> ids.contains(mail.invitationId())).count());
	}

	private static InvitationMail mail(InvitationRequested request) {
		return relay.sent()
			.stream()
			.filter((mail) -> mail.invitationId().equals(request.getInvitationId()))
			.findAny()
			.orElseThrow();
	}

	private static <T extends SpecificRecord> List<T> events(Class<T> type, InvitationRequested request) {
		return topics.events(type)
			.stream()
			.filter((event) -> request.getInvitationId()
				.equals(event.get(event.getSchema().getField("invitationId").pos())))
			.toList();
	}

	private static <T extends SpecificRecord> List<T> eventsOf(Class<T> type, UUID partnerSpaceId) {
		return topics.events(type)
			.stream()
			.filter((event) -> partnerSpaceId.equals(event.get(event.getSchema().getField("partnerSpaceId").pos())))
			.toList();
	}

	private static <T extends SpecificRecord> T onlyEvent(Class<T> type, InvitationRequested request) {
		List<T> events = events(type, request);
		assertThat(events).hasSize(1);
		return events.getFirst();
	}

	private static ConsumerRecord<byte[], byte[]> deadLetter(String key) {
		List<ConsumerRecord<byte[], byte[]>> letters = topics.records(Topics.INVITATION_REQUESTS_DEAD_LETTERS)
			.stream()
			.filter((record) -> key.equals(new String(record.key(), StandardCharsets.UTF_8)))
			.toList();
		assertThat(letters).hasSize(1);
		return letters.getFirst();
	}

	private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
		return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
	}

}
