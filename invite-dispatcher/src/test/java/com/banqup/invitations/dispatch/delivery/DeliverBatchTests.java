package com.banqup.invitations.dispatch.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.banqup.invitations.dispatch.mail.FakeMailGateway;
import com.banqup.invitations.dispatch.mail.InvitationMail;
import com.banqup.invitations.dispatch.relay.RelayState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import static com.banqup.invitations.dispatch.delivery.DeliveryFixtures.NOW;
import static com.banqup.invitations.dispatch.delivery.DeliveryFixtures.aRequest;
import static com.banqup.invitations.dispatch.delivery.DeliveryFixtures.batchOf;
import static com.banqup.invitations.dispatch.delivery.DeliveryFixtures.claimAt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class DeliverBatchTests {

	/** Longer than a busy machine stands still. */
	private static final Duration MAIL_TIMEOUT = Duration.ofSeconds(2);

	private static final Duration RECORD_TIMEOUT = Duration.ofSeconds(2);

	private static final Duration RECORD_AFTER = Duration.ofMillis(500);

	private static final int RECORD_CONCURRENCY = 2;

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private static final int CONCURRENCY = 4;

	private final SteppingClock clock = new SteppingClock(NOW);

	private final InMemoryDeliveries deliveries = new InMemoryDeliveries();

	private final FakeMailGateway gateway = new FakeMailGateway();

	private final RelayState relay = new RelayState(this.clock);

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final AtomicBoolean stopping = new AtomicBoolean();

	private Scheduler thread = Schedulers.immediate();

	private final RetryProperties retries = new RetryProperties(List.of(Duration.ofMinutes(1), Duration.ofMinutes(5)),
			0, Duration.ofSeconds(1), new RetryProperties.LaneProperties(10, 1),
			new RetryProperties.LaneProperties(4, 2));

	private final DeliveryProperties properties = new DeliveryProperties(Duration.ofSeconds(10), Duration.ofSeconds(20),
			RECORD_TIMEOUT, RECORD_AFTER, RECORD_CONCURRENCY,
			new DeliveryProperties.LaneProperties(1, 100, 100, CONCURRENCY),
			new DeliveryProperties.LaneProperties(1, 100, 100, CONCURRENCY));

	private final RecordAttempts attempts = new RecordAttempts(this.deliveries, RECORD_TIMEOUT);

	private final MailRuns runs = new MailRuns(
			new SendMails(this.gateway, this.relay, new RetrySchedule(this.retries, () -> 0.5), this.clock,
					MAIL_TIMEOUT),
			this.attempts, new DeliveryMeters(this.registry), this.clock, this.properties, this.stopping::get,
			() -> this.thread);

	private final DeliverBatch deliverBatch = new DeliverBatch(this.deliveries, this.runs);

	private final RetryDue retryDue = new RetryDue(this.deliveries, this.runs, this.retries);

	@Test
	void sendsEachMailOnceAndTellsSo() {
		DeliveryRequest request = aRequest().to("jan@client.example").in("fr").build();

		BatchReport report = deliver(request, request);
		deliver(request);

		assertThat(report.open()).isEmpty();
		assertThat(this.gateway.sent()).extracting(InvitationMail::email).containsExactly("jan@client.example");
		assertThat(this.deliveries.events()).singleElement().isInstanceOf(DeliveryEvent.Sent.class);
		assertThat(count("sent")).isOne();
	}

	@Test
	void writesMailsOnTheBatchsOwnThreadAndNotWhereTheLedgerAnswers() {
		Queue<Runnable> tasks = new ArrayDeque<>();
		this.thread = Schedulers.fromExecutor(tasks::add);

		this.deliverBatch.deliver(batchOf(requests(3)), 100, CONCURRENCY).subscribe();

		assertThat(this.gateway.attempts()).isZero();
		while (!tasks.isEmpty()) {
			tasks.remove().run();
		}
		assertThat(this.gateway.sent()).hasSize(3);
		assertThat(this.thread.isDisposed()).isTrue();
	}

	@Test
	void neverHasMoreMailsUnderWayThanItsConcurrency() {
		this.gateway.hold();
		Disposable delivery = this.deliverBatch.deliver(batchOf(requests(20)), 100, CONCURRENCY).subscribe();

		assertThat(this.gateway.underWay()).isEqualTo(CONCURRENCY);
		delivery.dispose();
	}

	@Nested
	class WhenTheRelayRejectsTheMail {

		@Test
		void givesUpAtOnceAndGoesOnWithTheOthers() {
			DeliveryRequest bad = aRequest().to("nobody@client.example").build();
			DeliveryRequest good = aRequest().build();
			DeliverBatchTests.this.gateway.willReject("nobody@client.example");

			BatchReport report = deliver(bad, good);

			assertThat(report.open()).isEmpty();
			assertThat(stateOf(bad)).isEqualTo(DeliveryState.REJECTED);
			assertThat(stateOf(good)).isEqualTo(DeliveryState.SENT);
			assertThat(DeliverBatchTests.this.deliveries.deadLetters()).hasSize(1);
			assertThat(count("rejected")).isOne();
		}

		@Test
		void rejectsItselfWhatNoMailCanBeMadeOf() {
			deliver(aRequest().generation(70_000).build());

			assertThat(DeliverBatchTests.this.gateway.attempts()).isZero();
			assertThat(DeliverBatchTests.this.deliveries.events()).singleElement()
				.extracting((event) -> ((DeliveryEvent.Undeliverable) event).reasonCode())
				.isEqualTo("invalid-generation");
		}

	}

	@Nested
	class WhenTheRelayDefersABulk {

		@Test
		void triesASingleMailAgainThoughABulksRetriesAreUnderWay() {
			defer(bulkOf(10));
			DeliveryRequest single = aRequest().build();
			defer(single);
			DeliverBatchTests.this.clock.advance(Duration.ofMinutes(1));
			DeliverBatchTests.this.gateway.hold();
			Disposable bulk = DeliverBatchTests.this.retryDue.retryBulks().subscribe();
			assertThat(DeliverBatchTests.this.gateway.underWay()).as("the bulks' budget").isEqualTo(2);

			Disposable retry = DeliverBatchTests.this.retryDue.retrySingle().subscribe();

			assertThat(DeliverBatchTests.this.gateway.underWay()).isEqualTo(3);
			DeliverBatchTests.this.gateway.release();
			assertThat(DeliverBatchTests.this.gateway.sent()).extracting(InvitationMail::invitationId)
				.contains(single.id().invitationId());
			bulk.dispose();
			retry.dispose();
		}

		@Test
		void leavesTheBudgetOfBulksAloneWhenManySingleMailsAreDue() {
			defer(requests(20));
			DeliverBatchTests.this.clock.advance(Duration.ofMinutes(1));
			DeliverBatchTests.this.gateway.hold();

			Disposable retry = DeliverBatchTests.this.retryDue.retrySingle().subscribe();
			Disposable bulk = DeliverBatchTests.this.retryDue.retryBulks().subscribe();

			assertThat(DeliverBatchTests.this.gateway.underWay()).isOne();
			retry.dispose();
			bulk.dispose();
		}

		@Test
		void goesOnUntilNothingIsDueAnyMore() {
			DeliveryRequest[] large = bulkOf(6);
			DeliveryRequest[] small = bulkOf(1);
			defer(large);
			defer(small);
			DeliverBatchTests.this.clock.advance(Duration.ofMinutes(1));

			assertThat(retryBulks()).as("3 of 4: one of the Partner Spaces had no more").isTrue();
			assertThat(sentOf(large)).isEqualTo(2);
			assertThat(sentOf(small)).isOne();
			assertThat(retryBulks()).isTrue();
			assertThat(sentOf(large)).isEqualTo(6);
			assertThat(retryBulks()).isFalse();
		}

		@Test
		void passesTheTurnOnHoweverFewMailsOfABatchAreTried() {
			List<DeliveryRequest[]> bulks = List.of(bulkOf(4), bulkOf(4), bulkOf(4), bulkOf(4));
			bulks.forEach(this::defer);
			DeliverBatchTests.this.clock.advance(Duration.ofMinutes(1));

			for (int i = 0; i < 4; i++) {
				DeliverBatchTests.this.gateway.comeBack();
				DeliverBatchTests.this.gateway.goDownAfter(1, "connection-refused");
				assertThat(retryBulks()).isFalse();
			}

			assertThat(bulks).allSatisfy((bulk) -> assertThat(sentOf(bulk)).isOne());
		}

		private void defer(DeliveryRequest... requests) {
			List.of(requests).forEach((request) -> DeliverBatchTests.this.gateway.willDefer(request.email()));
			deliver(requests);
			List.of(requests).forEach((request) -> DeliverBatchTests.this.gateway.willTake(request.email()));
		}

		private DeliveryRequest[] bulkOf(int size) {
			DeliveryRequest first = aRequest().inBatch(UUID.randomUUID()).build();
			return IntStream.range(0, size)
				.mapToObj((i) -> aRequest().inBatchOf(first).build())
				.toArray(DeliveryRequest[]::new);
		}

		private long sentOf(DeliveryRequest... requests) {
			return Stream.of(requests).filter((request) -> stateOf(request) == DeliveryState.SENT).count();
		}

		private boolean retryBulks() {
			return Objects.requireNonNull(DeliverBatchTests.this.retryDue.retryBulks().block(LIMIT));
		}

	}

	@Nested
	class WhenTheRelayDefersTheMail {

		@Test
		void triesAgainWhenItsTimeHasComeAndNotBefore() {
			DeliveryRequest request = busy();
			deliver(request);
			DeliverBatchTests.this.gateway.willTake("busy@client.example");

			DeliverBatchTests.this.clock.advance(Duration.ofSeconds(59));
			retry();
			assertThat(stateOf(request)).isEqualTo(DeliveryState.DEFERRED);
			DeliverBatchTests.this.clock.advance(Duration.ofSeconds(1));
			retry();

			assertThat(stateOf(request)).isEqualTo(DeliveryState.SENT);
			assertThat(DeliverBatchTests.this.deliveries.attemptsOf(request.id())).isEqualTo(2);
		}

		@Test
		void givesUpWhenTheScheduleIsExhausted() {
			DeliveryRequest request = busy();
			deliver(request);
			DeliverBatchTests.this.clock.advance(Duration.ofMinutes(1));
			retry();
			DeliverBatchTests.this.clock.advance(Duration.ofMinutes(5));
			retry();

			assertThat(stateOf(request)).isEqualTo(DeliveryState.REJECTED);
			DeliveryEvent.Undeliverable event = (DeliveryEvent.Undeliverable) DeliverBatchTests.this.deliveries.events()
				.getLast();
			assertThat(event.reasonCode()).isEqualTo("attempts-exhausted");
			assertThat(event.replyCode()).isEqualTo(450);
			assertThat(event.attempts()).isEqualTo(3);
			assertThat(DeliverBatchTests.this.deliveries.deadLetters()).hasSize(1);
		}

		@Test
		void defersWhatGetsNoAnswerInTime() {
			DeliveryRequest request = aRequest().build();
			DeliverBatchTests.this.gateway.hold();

			deliver(request);

			assertThat(stateOf(request)).isEqualTo(DeliveryState.DEFERRED);
			assertThat(DeliverBatchTests.this.deliveries.events()).singleElement()
				.extracting((event) -> ((DeliveryEvent.Deferred) event).reasonCode())
				.isEqualTo("maybe-delivered");
		}

		@Test
		void defersWhatBreaksTheGatewayAndGoesOnWithTheOthers() {
			DeliveryRequest broken = aRequest().to("broken@client.example").build();
			DeliveryRequest good = aRequest().build();
			DeliverBatchTests.this.gateway.willBreak("broken@client.example");

			deliver(broken, good);

			assertThat(stateOf(broken)).isEqualTo(DeliveryState.DEFERRED);
			assertThat(stateOf(good)).isEqualTo(DeliveryState.SENT);
		}

		@Test
		void defersWhatALaterVersionMayKnow() {
			DeliveryRequest language = aRequest().in("tlh").build();
			DeliveryRequest permission = aRequest().asking("rule-the-world").build();

			deliver(language, permission);

			assertThat(DeliverBatchTests.this.gateway.attempts()).isZero();
			assertThat(DeliverBatchTests.this.deliveries.events())
				.extracting((event) -> ((DeliveryEvent.Deferred) event).reasonCode())
				.containsExactlyInAnyOrder("unknown-language", "unknown-permission");
		}

		private DeliveryRequest busy() {
			DeliverBatchTests.this.gateway.willDefer("busy@client.example");
			return aRequest().to("busy@client.example").build();
		}

	}

	@Nested
	class WhenTheRelayIsDown {

		@Test
		void chargesNobodyAndLeavesEverythingOpen() {
			DeliverBatchTests.this.gateway.goDown("connection-refused");
			DeliveryRequest[] requests = requests(10);

			BatchReport report = deliver(requests);

			assertThat(report.open()).hasSize(10);
			assertThat(report.hindrance()).contains(new Hindrance("relay-connection-refused"));
			assertThat(DeliverBatchTests.this.deliveries.events()).isEmpty();
			assertThat(DeliverBatchTests.this.deliveries.attemptsOf(requests[0].id())).isZero();
		}

		@Test
		void startsNoMoreMailsOnceItKnows() {
			DeliverBatchTests.this.gateway.goDown("connection-refused");

			deliver(requests(100));

			assertThat(DeliverBatchTests.this.gateway.attempts()).isLessThanOrEqualTo(CONCURRENCY);
		}

		@Test
		void sendsOneMailAheadUntilTheRelayIsBack() {
			DeliverBatchTests.this.gateway.goDown("connection-refused");
			deliver(aRequest().build());
			int before = DeliverBatchTests.this.gateway.attempts();

			deliver(requests(100));

			assertThat(DeliverBatchTests.this.gateway.attempts() - before).isOne();
		}

		@Test
		void sendsEverythingOnceWhenItIsBack() {
			DeliverBatchTests.this.gateway.goDown("login-failed");
			DeliveryRequest[] requests = requests(10);
			deliver(requests);

			DeliverBatchTests.this.gateway.comeBack();
			BatchReport report = deliver(requests);

			assertThat(report.open()).isEmpty();
			assertThat(DeliverBatchTests.this.gateway.sent()).hasSize(10);
			assertThat(DeliverBatchTests.this.relay.outage()).isEmpty();
		}

		@Test
		void recordsWhatWasSentBeforeItWentDown() {
			DeliveryRequest[] requests = requests(8);
			DeliverBatchTests.this.gateway.goDownAfter(3, "connection-refused");

			BatchReport report = deliver(requests);

			assertThat(report.open()).hasSize(5);
			assertThat(DeliverBatchTests.this.deliveries.events()).hasSize(3);
			DeliverBatchTests.this.gateway.comeBack();
			deliver(requests);
			assertThat(DeliverBatchTests.this.gateway.sent()).extracting(InvitationMail::invitationId)
				.hasSize(8)
				.doesNotHaveDuplicates();
		}

		@Test
		void chargesNoRetryEither() {
			DeliverBatchTests.this.gateway.willDefer("busy@client.example");
			DeliveryRequest request = aRequest().to("busy@client.example").build();
			deliver(request);
			DeliverBatchTests.this.clock.advance(Duration.ofMinutes(1));
			DeliverBatchTests.this.gateway.goDown("connection-refused");

			assertThat(retry()).as("more to do now").isFalse();

			assertThat(DeliverBatchTests.this.deliveries.attemptsOf(request.id())).isOne();
			DeliverBatchTests.this.gateway.comeBack();
			DeliverBatchTests.this.gateway.willTake("busy@client.example");
			retry();
			assertThat(stateOf(request)).isEqualTo(DeliveryState.SENT);
		}

	}

	@Nested
	class WhenTheRelayIsBusy {

		@Test
		void chargesNobodyAndDoesNotTakeItForDown() {
			DeliverBatchTests.this.gateway.beBusy();
			DeliveryRequest[] requests = requests(10);

			BatchReport report = deliver(requests);

			assertThat(report.open()).hasSize(10);
			assertThat(report.hindrance()).contains(Hindrance.RELAY_BUSY);
			assertThat(report.attempted()).isZero();
			assertThat(DeliverBatchTests.this.relay.outage()).isEmpty();
			assertThat(DeliverBatchTests.this.deliveries.attemptsOf(requests[0].id())).isZero();
		}

	}

	@Nested
	class WhenSomebodyElseHoldsTheDelivery {

		@Test
		void leavesItOpenAndNeverCallsItDone() {
			DeliveryRequest held = aRequest().build();
			DeliveryRequest free = aRequest().build();
			DeliverBatchTests.this.deliveries.admit(batchOf(held), claimAt(NOW)).block();

			BatchReport report = deliver(held, free);

			assertThat(report.open()).containsExactly(held.id());
			assertThat(report.hindrance()).contains(Hindrance.HELD_ELSEWHERE);
			assertThat(DeliverBatchTests.this.gateway.sent()).hasSize(1);
		}

	}

	@Nested
	class WhenTheLedgerIsDown {

		@Test
		void sendsNothingItCannotClaim() {
			DeliverBatchTests.this.deliveries.goDown();

			DeliverBatchTests.this.deliverBatch.deliver(batchOf(requests(3)), 100, CONCURRENCY)
				.as(StepVerifier::create)
				.verifyError(IllegalStateException.class);

			assertThat(DeliverBatchTests.this.gateway.attempts()).isZero();
		}

		@Test
		void keepsWhatItCannotRecordAndSendsNothingTwice() {
			DeliveryRequest[] requests = requests(3);
			DeliverBatchTests.this.gateway.hold();
			StepVerifier.create(DeliverBatchTests.this.deliverBatch.deliver(batchOf(requests), 100, CONCURRENCY))
				.then(DeliverBatchTests.this.deliveries::goDown)
				.then(DeliverBatchTests.this.gateway::release)
				.verifyError(IllegalStateException.class);
			assertThat(DeliverBatchTests.this.attempts.kept()).isOne();

			DeliverBatchTests.this.deliveries.comeBack();
			BatchReport report = deliver(requests);

			assertThat(report.open()).isEmpty();
			assertThat(DeliverBatchTests.this.gateway.sent()).hasSize(3);
			assertThat(DeliverBatchTests.this.deliveries.events()).hasSize(3);
			assertThat(DeliverBatchTests.this.attempts.kept()).isZero();
		}

		@Test
		void keepsWhatWasSentWhenItIsGivenUpWhileRecording() {
			DeliveryRequest request = aRequest().build();
			DeliverBatchTests.this.deliveries.hangWhileRecording();
			StepVerifier.create(DeliverBatchTests.this.deliverBatch.deliver(batchOf(request), 100, CONCURRENCY))
				.thenAwait()
				.thenCancel()
				.verify(LIMIT);
			assertThat(DeliverBatchTests.this.attempts.kept()).isOne();

			DeliverBatchTests.this.deliveries.comeBack();
			deliver(request);

			assertThat(DeliverBatchTests.this.gateway.sent()).hasSize(1);
			assertThat(stateOf(request)).isEqualTo(DeliveryState.SENT);
		}

	}

	@Nested
	class WhenAnOutcomeIsKept {

		private final DeliveryRequest request = aRequest().build();

		@Test
		void letsNobodyClaimAnythingWhileItIsBeingRecorded() {
			keepAnOutcome();
			DeliverBatchTests.this.clock.advance(Duration.ofHours(1));
			Sinks.Empty<Void> recorded = DeliverBatchTests.this.deliveries.holdWhileRecording();

			Mono<BatchReport> one = DeliverBatchTests.this.deliverBatch.deliver(batchOf(this.request), 100,
					CONCURRENCY);
			Mono<BatchReport> two = DeliverBatchTests.this.deliverBatch.deliver(batchOf(this.request), 100,
					CONCURRENCY);
			StepVerifier.create(Flux.merge(one, two)).then(() -> {
				assertThat(DeliverBatchTests.this.deliveries.recordings()).isOne();
				assertThat(DeliverBatchTests.this.attempts.kept()).isOne();
				recorded.tryEmitEmpty();
			}).expectNextCount(2).expectComplete().verify(LIMIT);

			assertThat(DeliverBatchTests.this.gateway.sent()).hasSize(1);
			assertThat(DeliverBatchTests.this.attempts.kept()).isZero();
		}

		@Test
		void goesOnRecordingWhenTheOneWhoAskedGivesUp() {
			keepAnOutcome();
			Sinks.Empty<Void> recorded = DeliverBatchTests.this.deliveries.holdWhileRecording();
			Disposable impatient = DeliverBatchTests.this.deliverBatch.deliver(batchOf(this.request), 100, CONCURRENCY)
				.subscribe();
			impatient.dispose();
			assertThat(DeliverBatchTests.this.attempts.kept()).isOne();

			recorded.tryEmitEmpty();

			assertThat(DeliverBatchTests.this.attempts.kept()).isZero();
			assertThat(stateOf(this.request)).isEqualTo(DeliveryState.SENT);
		}

		@Test
		void recordsTheRestAndTheFactWhenTheLedgerRefusesTheRelaysWords() {
			DeliveryRequest odd = aRequest().build();
			DeliverBatchTests.this.deliveries.refuse(odd.id());
			DeliverBatchTests.this.deliverBatch.deliver(batchOf(odd, this.request), 100, CONCURRENCY)
				.as(StepVerifier::create)
				.verifyError(OutcomeRefused.class);

			BatchReport report = deliver(odd, this.request);

			assertThat(report.open()).isEmpty();
			assertThat(DeliverBatchTests.this.gateway.sent()).hasSize(2);
			assertThat(stateOf(odd)).isEqualTo(DeliveryState.SENT);
			assertThat(stateOf(this.request)).isEqualTo(DeliveryState.SENT);
		}

		@Test
		void neverForgetsThatAMailWasSentHoweverOftenTheLedgerRefusesIt() {
			DeliveryRequest odd = aRequest().build();
			DeliverBatchTests.this.deliveries.refuseAltogether(odd.id());
			for (int i = 0; i < 3; i++) {
				DeliverBatchTests.this.deliverBatch.deliver(batchOf(odd, this.request), 100, CONCURRENCY)
					.as(StepVerifier::create)
					.verifyError(OutcomeRefused.class);
				DeliverBatchTests.this.clock.advance(Duration.ofHours(1));
			}
			assertThat(stateOf(this.request)).as("the other one").isEqualTo(DeliveryState.SENT);
			assertThat(DeliverBatchTests.this.attempts.kept()).isOne();

			DeliverBatchTests.this.deliveries.comeBack();
			deliver(odd, this.request);

			assertThat(DeliverBatchTests.this.gateway.sent()).hasSize(2);
			assertThat(stateOf(odd)).isEqualTo(DeliveryState.SENT);
			assertThat(DeliverBatchTests.this.attempts.kept()).isZero();
		}

		@Test
		void givesUpAndTellsWhatTheLedgerCannotKeepForAnotherAttempt() {
			DeliveryRequest odd = aRequest().to("busy@client.example").build();
			DeliverBatchTests.this.gateway.willDefer("busy@client.example");
			DeliverBatchTests.this.deliveries.refuseRetries(odd.id());
			DeliverBatchTests.this.deliverBatch.deliver(batchOf(odd), 100, CONCURRENCY)
				.as(StepVerifier::create)
				.verifyError(OutcomeRefused.class);

			BatchReport report = deliver(odd, this.request);

			assertThat(report.open()).isEmpty();
			assertThat(stateOf(odd)).isEqualTo(DeliveryState.REJECTED);
			assertThat(DeliverBatchTests.this.deliveries.deadLetters()).singleElement().satisfies((letter) -> {
				assertThat(letter.record()).isEqualTo(odd.original());
				assertThat(letter.reasonCode()).isEqualTo("unstorable");
			});
			assertThat(DeliverBatchTests.this.deliveries.events())
				.filteredOn(DeliveryEvent.Undeliverable.class::isInstance)
				.singleElement()
				.extracting((event) -> ((DeliveryEvent.Undeliverable) event).reasonCode())
				.isEqualTo("unstorable");
			assertThat(stateOf(this.request)).isEqualTo(DeliveryState.SENT);
			assertThat(DeliverBatchTests.this.attempts.kept()).isZero();
		}

		@ParameterizedTest
		@ValueSource(booleans = { true, false })
		void neverDropsAFailureHoweverOftenTheLedgerRefusesIt(boolean temporary) {
			DeliveryRequest odd = aRequest().to("odd@client.example").build();
			if (temporary) {
				DeliverBatchTests.this.gateway.willDefer("odd@client.example");
			}
			else {
				DeliverBatchTests.this.gateway.willReject("odd@client.example");
			}
			DeliverBatchTests.this.deliveries.refuseAltogether(odd.id());
			for (int i = 0; i < 3; i++) {
				DeliverBatchTests.this.deliverBatch.deliver(batchOf(odd), 100, CONCURRENCY)
					.as(StepVerifier::create)
					.verifyError(OutcomeRefused.class);
				DeliverBatchTests.this.clock.advance(Duration.ofHours(1));
			}
			assertThat(DeliverBatchTests.this.gateway.attempts()).isOne();
			assertThat(DeliverBatchTests.this.attempts.kept()).isOne();

			DeliverBatchTests.this.deliveries.comeBack();
			deliver(odd);

			assertThat(stateOf(odd)).isEqualTo(temporary ? DeliveryState.DEFERRED : DeliveryState.REJECTED);
			assertThat(DeliverBatchTests.this.deliveries.attemptsOf(odd.id())).isOne();
			assertThat(DeliverBatchTests.this.attempts.kept()).isZero();
		}

		private void keepAnOutcome() {
			DeliverBatchTests.this.gateway.hold();
			StepVerifier.create(DeliverBatchTests.this.deliverBatch.deliver(batchOf(this.request), 100, CONCURRENCY))
				.then(DeliverBatchTests.this.deliveries::goDown)
				.then(DeliverBatchTests.this.gateway::release)
				.verifyError(IllegalStateException.class);
			DeliverBatchTests.this.deliveries.comeBack();
		}

	}

	@Nested
	class WhenTheLedgerHangs {

		@Test
		void givesUpTheBatchAndSendsNothing() {
			DeliverBatchTests.this.deliveries.hang();

			DeliverBatchTests.this.deliverBatch.deliver(batchOf(requests(3)), 100, CONCURRENCY)
				.as(StepVerifier::create)
				.expectError(TimeoutException.class)
				.verify(LIMIT);

			assertThat(DeliverBatchTests.this.gateway.attempts()).isZero();
		}

		@Test
		void waitsOnceHoweverManyChunksItHas() {
			DeliverBatchTests.this.deliveries.hang();

			StepVerifier
				.withVirtualTime(
						() -> DeliverBatchTests.this.deliverBatch.deliver(batchOf(requests(16)), 1, CONCURRENCY))
				.expectSubscription()
				.thenAwait(RECORD_TIMEOUT)
				.expectError(TimeoutException.class)
				.verify(LIMIT);

			assertThat(DeliverBatchTests.this.gateway.attempts()).isZero();
		}

		@Test
		void waitsOnceForWhatItCannotRecordAndKeepsItAll() {
			DeliveryRequest[] requests = requests(8);
			DeliverBatchTests.this.deliveries.hangWhileRecording();

			StepVerifier
				.withVirtualTime(() -> DeliverBatchTests.this.deliverBatch.deliver(batchOf(requests), 1, CONCURRENCY))
				.expectSubscription()
				.thenAwait(RECORD_TIMEOUT)
				.expectError(TimeoutException.class)
				.verify(LIMIT);

			int sent = DeliverBatchTests.this.gateway.sent().size();
			assertThat(DeliverBatchTests.this.attempts.kept()).isGreaterThan(RECORD_CONCURRENCY);
			DeliverBatchTests.this.deliveries.comeBack();
			BatchReport report = deliver(requests);
			assertThat(report.open()).isEmpty();
			assertThat(report.attempted()).isEqualTo(8 - sent);
			assertThat(DeliverBatchTests.this.gateway.sent()).hasSize(8);
		}

		@Test
		void keepsWhatItCouldNotRecordInTime() {
			DeliverBatchTests.this.deliveries.hangWhileRecording();

			DeliverBatchTests.this.deliverBatch.deliver(batchOf(requests(3)), 100, CONCURRENCY)
				.as(StepVerifier::create)
				.expectError(TimeoutException.class)
				.verify(LIMIT);

			assertThat(DeliverBatchTests.this.attempts.kept()).isOne();
		}

	}

	@Nested
	class WhenTheServiceHasStopped {

		@Test
		void recordsWhatIsKeptBeforeItEnds() {
			DeliveryRequest request = aRequest().build();
			DeliverBatchTests.this.deliveries.hangWhileRecording();
			StepVerifier.create(DeliverBatchTests.this.deliverBatch.deliver(batchOf(request), 100, CONCURRENCY))
				.expectError(TimeoutException.class)
				.verify(LIMIT);
			DeliverBatchTests.this.deliveries.comeBack();
			AtomicBoolean stopped = new AtomicBoolean();

			new LastRecording(DeliverBatchTests.this.attempts).stop(() -> stopped.set(true));

			assertThat(stopped).isTrue();
			assertThat(stateOf(request)).isEqualTo(DeliveryState.SENT);
		}

		@Test
		void endsAlsoWhenTheLedgerIsDown() {
			DeliveryRequest request = aRequest().build();
			DeliverBatchTests.this.deliveries.hangWhileRecording();
			StepVerifier.create(DeliverBatchTests.this.deliverBatch.deliver(batchOf(request), 100, CONCURRENCY))
				.expectError(TimeoutException.class)
				.verify(LIMIT);
			DeliverBatchTests.this.deliveries.comeBack();
			DeliverBatchTests.this.deliveries.goDown();
			AtomicBoolean stopped = new AtomicBoolean();

			new LastRecording(DeliverBatchTests.this.attempts).stop(() -> stopped.set(true));

			assertThat(stopped).isTrue();
			assertThat(DeliverBatchTests.this.attempts.kept()).isOne();
		}

	}

	@Test
	void demandsMoreTimeForAMailThanItsGatewayTakes() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new SendMails(this.gateway, this.relay, new RetrySchedule(this.retries, () -> 0.5),
					this.clock, Duration.ofMillis(100)))
			.withMessageStartingWith("dispatch.delivery.mail-timeout: PT0.1S (expected: more than PT0.1S");
	}

	@Nested
	class WhenTimeIsShort {

		@Test
		void leavesOpenWhatItCouldNotStartInTime() {
			DeliverBatchTests.this.clock.stepBy(Duration.ofSeconds(3));

			BatchReport report = DeliverBatchTests.this.deliverBatch.deliver(batchOf(requests(10)), 100, 1).block();

			assertThat(Objects.requireNonNull(report).open()).isNotEmpty().hasSizeLessThan(10);
			assertThat(report.hindrance()).contains(Hindrance.TIME_IS_OVER);
			assertThat(DeliverBatchTests.this.gateway.sent()).hasSize(10 - report.open().size());
		}

		@Test
		void endsWhatIsUnderWayAndStartsNoMoreWhenTheServiceStops() {
			DeliverBatchTests.this.gateway.hold();
			StepVerifier.create(DeliverBatchTests.this.deliverBatch.deliver(batchOf(requests(10)), 100, CONCURRENCY))
				.then(() -> DeliverBatchTests.this.stopping.set(true))
				.then(DeliverBatchTests.this.gateway::release)
				.assertNext((report) -> {
					assertThat(report.open()).hasSize(10 - CONCURRENCY);
					assertThat(report.hindrance()).contains(Hindrance.STOPPING);
				})
				.verifyComplete();

			assertThat(DeliverBatchTests.this.gateway.sent()).hasSize(CONCURRENCY);
			assertThat(DeliverBatchTests.this.deliveries.events()).hasSize(CONCURRENCY);
		}

	}

	@Nested
	class WhenABatchHasSeveralChunks {

		@Test
		void claimsTheNextWhileMailsAreUnderWayAndKeepsAllItsConcurrency() {
			DeliveryRequest[] requests = requests(8);
			DeliverBatchTests.this.gateway.hold();

			StepVerifier.create(deliverInChunksOf(3, requests)).then(() -> {
				assertThat(DeliverBatchTests.this.gateway.underWay()).isEqualTo(CONCURRENCY);
				assertThat(DeliverBatchTests.this.deliveries.stateOf(requests[5].id())).isEqualTo(DeliveryState.QUEUED);
			}).then(DeliverBatchTests.this.gateway::release).assertNext((report) -> {
				assertThat(report.open()).isEmpty();
				assertThat(report.attempted()).isEqualTo(8);
			}).verifyComplete();

			assertThat(DeliverBatchTests.this.deliveries.events()).hasSize(8);
		}

		@Test
		void recordsWhatHasEndedWhileOthersAreUnderWay() {
			DeliveryRequest slow = aRequest().to("slow@client.example").build();
			DeliveryRequest[] requests = requests(6);
			requests[0] = slow;
			DeliverBatchTests.this.gateway.holdFor("slow@client.example");

			StepVerifier.create(deliverInChunksOf(2, requests)).then(() -> {
				assertThat(stateOf(slow)).isEqualTo(DeliveryState.QUEUED);
				assertThat(DeliverBatchTests.this.deliveries.events()).hasSize(4);
			}).then(DeliverBatchTests.this.gateway::release).expectNextCount(1).verifyComplete();

			assertThat(DeliverBatchTests.this.deliveries.events()).hasSize(6);
		}

		@Test
		void recordsWhatHasEndedWhenTheOthersTakeTheirTime() {
			DeliveryRequest slow = aRequest().to("slow@client.example").build();
			DeliveryRequest quick = aRequest().build();
			DeliverBatchTests.this.gateway.holdFor("slow@client.example");

			StepVerifier.withVirtualTime(() -> deliverInChunksOf(100, slow, quick))
				.expectSubscription()
				.then(() -> assertThat(DeliverBatchTests.this.gateway.sent()).hasSize(1))
				.thenAwait(RECORD_AFTER.minusMillis(1))
				.then(() -> assertThat(stateOf(quick)).isEqualTo(DeliveryState.QUEUED))
				.thenAwait(Duration.ofMillis(1))
				.then(() -> assertThat(stateOf(quick)).isEqualTo(DeliveryState.SENT))
				.then(DeliverBatchTests.this.gateway::release)
				.expectNextCount(1)
				.expectComplete()
				.verify(LIMIT);
		}

		@Test
		void leavesMostOfTheLedgersConnectionsToOthers() {
			Sinks.Empty<Void> recorded = DeliverBatchTests.this.deliveries.holdWhileRecording();

			StepVerifier.create(deliverInChunksOf(1, requests(8))).then(() -> {
				assertThat(DeliverBatchTests.this.deliveries.recordings()).isEqualTo(RECORD_CONCURRENCY);
				recorded.tryEmitEmpty();
			}).assertNext((report) -> assertThat(report.attempted()).isEqualTo(8)).expectComplete().verify(LIMIT);

			assertThat(DeliverBatchTests.this.deliveries.events()).hasSize(8);
		}

		@Test
		void sendsOnceWhatStandsInTwoOfThem() {
			DeliveryRequest request = aRequest().build();

			BatchReport report = deliverInChunksOf(1, request, aRequest().build(), request).block(LIMIT);

			assertThat(Objects.requireNonNull(report).open()).isEmpty();
			assertThat(DeliverBatchTests.this.gateway.sent()).hasSize(2);
		}

		@Test
		void heedsARevocationBeforeTheFirst() {
			DeliveryRequest[] requests = requests(3);
			RequestBatch batch = new RequestBatch(List.of(requests),
					List.of(new Revocation(requests[2].id().invitationId(), NOW)), List.of());

			DeliverBatchTests.this.deliverBatch.deliver(batch, 1, CONCURRENCY).block(LIMIT);

			assertThat(stateOf(requests[2])).isEqualTo(DeliveryState.CANCELLED);
			assertThat(DeliverBatchTests.this.gateway.sent()).hasSize(2);
		}

		@Test
		void heedsARevocationAlsoWhenNoMailMayBeStarted() {
			DeliveryRequest request = aRequest().build();
			DeliverBatchTests.this.stopping.set(true);
			RequestBatch batch = new RequestBatch(List.of(request),
					List.of(new Revocation(request.id().invitationId(), NOW)), List.of());

			BatchReport report = DeliverBatchTests.this.deliverBatch.deliver(batch, 1, CONCURRENCY).block(LIMIT);

			assertThat(Objects.requireNonNull(report).open()).isEmpty();
			assertThat(stateOf(request)).isEqualTo(DeliveryState.CANCELLED);
		}

		@Test
		void claimsNoneThatItCannotStartAndLeavesItOpen() {
			DeliveryRequest[] requests = requests(12);
			DeliverBatchTests.this.gateway.goDownAfter(2, "connection-refused");

			BatchReport report = deliverInChunksOf(2, requests).block(LIMIT);

			assertThat(Objects.requireNonNull(report).open()).hasSize(10).contains(requests[11].id());
			assertThat(DeliverBatchTests.this.deliveries.stateOf(requests[11].id())).as("never claimed").isNull();
		}

		@Test
		void endsAndRecordsWhatIsUnderWayWhenTheLedgerRefusesAnother() {
			DeliveryRequest[] requests = requests(8);
			DeliverBatchTests.this.deliveries.refuseAltogether(requests[0].id());

			StepVerifier.create(deliverInChunksOf(2, requests)).verifyError(OutcomeRefused.class);

			long sent = DeliverBatchTests.this.gateway.sent().size();
			assertThat(DeliverBatchTests.this.deliveries.events()).hasSize((int) sent - 2);
			assertThat(DeliverBatchTests.this.attempts.kept()).isOne();
			DeliverBatchTests.this.deliveries.comeBack();
			deliver(requests);
			assertThat(DeliverBatchTests.this.gateway.sent()).extracting(InvitationMail::invitationId)
				.hasSize(8)
				.doesNotHaveDuplicates();
		}

		@Test
		void sendsOneMailAheadOfAllWhenTheRelayWasDown() {
			DeliverBatchTests.this.gateway.goDown("connection-refused");
			deliver(aRequest().build());
			int before = DeliverBatchTests.this.gateway.attempts();
			DeliverBatchTests.this.gateway.comeBack();
			DeliverBatchTests.this.gateway.hold();

			StepVerifier.create(deliverInChunksOf(2, requests(8)))
				.then(() -> assertThat(DeliverBatchTests.this.gateway.attempts()).isEqualTo(before + 1))
				.then(DeliverBatchTests.this.gateway::release)
				.assertNext((report) -> assertThat(report.open()).isEmpty())
				.verifyComplete();
		}

		private Mono<BatchReport> deliverInChunksOf(int size, DeliveryRequest... requests) {
			return DeliverBatchTests.this.deliverBatch.deliver(batchOf(requests), size, CONCURRENCY);
		}

	}

	private BatchReport deliver(DeliveryRequest... requests) {
		return Objects.requireNonNull(this.deliverBatch.deliver(batchOf(requests), 100, CONCURRENCY).block(LIMIT));
	}

	private boolean retry() {
		return Objects.requireNonNull(this.retryDue.retrySingle().block(LIMIT));
	}

	private DeliveryState stateOf(DeliveryRequest request) {
		return Objects.requireNonNull(this.deliveries.stateOf(request.id()));
	}

	private double count(String outcome) {
		return this.registry.get("dispatch.mails").tag("outcome", outcome).counter().count();
	}

	private static DeliveryRequest[] requests(int count) {
		return IntStream.range(0, count).mapToObj((i) -> aRequest().build()).toArray(DeliveryRequest[]::new);
	}

	/** A clock that stands still, or goes on a step each time it is asked. */
	private static final class SteppingClock implements InstantSource {

		private Instant now;

		private Duration step = Duration.ZERO;

		SteppingClock(Instant now) {
			this.now = now;
		}

		void advance(Duration time) {
			this.now = this.now.plus(time);
		}

		void stepBy(Duration step) {
			this.step = step;
		}

		@Override
		public synchronized Instant instant() {
			Instant current = this.now;
			this.now = this.now.plus(this.step);
			return current;
		}

	}

}
