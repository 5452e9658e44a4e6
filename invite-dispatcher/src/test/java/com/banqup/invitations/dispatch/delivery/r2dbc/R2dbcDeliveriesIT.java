package com.banqup.invitations.dispatch.delivery.r2dbc;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

import com.banqup.invitations.dispatch.deadletter.DeadLetter;
import com.banqup.invitations.dispatch.deadletter.StoredDeadLetter;
import com.banqup.invitations.dispatch.deadletter.r2dbc.R2dbcDeadLetters;
import com.banqup.invitations.dispatch.delivery.Attempt;
import com.banqup.invitations.dispatch.delivery.Claim;
import com.banqup.invitations.dispatch.delivery.Deliveries;
import com.banqup.invitations.dispatch.delivery.DeliveriesContract;
import com.banqup.invitations.dispatch.delivery.Delivery;
import com.banqup.invitations.dispatch.delivery.DeliveryEvent;
import com.banqup.invitations.dispatch.delivery.DeliveryEvents;
import com.banqup.invitations.dispatch.delivery.DeliveryId;
import com.banqup.invitations.dispatch.delivery.DeliveryRequest;
import com.banqup.invitations.dispatch.delivery.DeliveryState;
import com.banqup.invitations.dispatch.delivery.OutcomeRefused;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.dao.DataAccessException;

import static com.banqup.invitations.dispatch.delivery.DeliveryFixtures.NOW;
import static com.banqup.invitations.dispatch.delivery.DeliveryFixtures.aRequest;
import static com.banqup.invitations.dispatch.delivery.DeliveryFixtures.batchOf;
import static com.banqup.invitations.dispatch.delivery.DeliveryFixtures.cancellationOf;
import static com.banqup.invitations.dispatch.delivery.DeliveryFixtures.claimAt;
import static com.banqup.invitations.dispatch.delivery.DeliveryFixtures.deferred;
import static com.banqup.invitations.dispatch.delivery.DeliveryFixtures.rejected;
import static com.banqup.invitations.dispatch.delivery.DeliveryFixtures.revocationOf;
import static com.banqup.invitations.dispatch.delivery.DeliveryFixtures.sent;
import static com.banqup.invitations.dispatch.delivery.DeliveryFixtures.useless;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@NullUnmarked
class R2dbcDeliveriesIT implements DeliveriesContract {

	private static LedgerDatabase database;

	private final RecordingEvents events = new RecordingEvents();

	private final R2dbcDeadLetters deadLetters = new R2dbcDeadLetters(database.client());

	private final R2dbcDeliveries deliveries = new R2dbcDeliveries(database.client(), database.transaction(),
			this.events, this.deadLetters);

	@BeforeAll
	static void createDatabase() {
		database = LedgerDatabase.create();
	}

	@AfterAll
	static void closeDatabase() {
		database.close();
	}

	@BeforeEach
	void empty() {
		database.empty();
	}

	@Override
	public Deliveries deliveries() {
		return this.deliveries;
	}

	@Override
	public List<DeliveryEvent> events() {
		return this.events.published;
	}

	@Override
	public List<DeadLetter> deadLetters() {
		List<StoredDeadLetter> stored = this.deadLetters.claim(100, Instant.MAX.minusSeconds(1), NOW).block();
		return stored.stream().map(StoredDeadLetter::letter).toList();
	}

	@Override
	public @Nullable DeliveryState stateOf(DeliveryId id) {
		return database.client()
			.sql("select state from deliveries where invitation_id = :id and generation = :generation")
			.bind("id", id.invitationId())
			.bind("generation", id.generation())
			.map((row) -> DeliveryState.valueOf(row.get("state", String.class)))
			.one()
			.block();
	}

	@Test
	void givesADeliveryToOneOfManyWhoAskAtTheSameTime() {
		DeliveryRequest[] requests = Flux.range(0, 200)
			.map((i) -> aRequest().build())
			.collectList()
			.block()
			.toArray(DeliveryRequest[]::new);

		List<DeliveryId> claimed = Flux.range(0, 6)
			.flatMap((i) -> this.deliveries.admit(batchOf(requests), claimAt(NOW)), 6)
			.flatMapIterable((admission) -> admission.claimed().stream().map(Delivery::id).toList())
			.collectList()
			.block(Duration.ofSeconds(60));

		assertThat(claimed).hasSize(200).doesNotHaveDuplicates();
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void givesARetryToOneOfManyWhoAskAtTheSameTime(boolean bulk) {
		DeliveryRequest[] requests = Flux.range(0, 100)
			.map((i) -> bulk ? aRequest().inBatch(UUID.randomUUID()).build() : aRequest().build())
			.collectList()
			.block()
			.toArray(DeliveryRequest[]::new);
		Claim claim = claimAt(NOW);
		List<Delivery> all = this.deliveries.admit(batchOf(requests), claim).block().claimed();
		this.deliveries
			.record(all.stream().map((it) -> (Attempt) deferred(it, NOW, NOW.plusSeconds(60))).toList(), claim)
			.block();

		List<DeliveryId> claimed = Flux.range(0, 6)
			.map((i) -> claimAt(NOW.plusSeconds(60)))
			.flatMap((retry) -> bulk ? this.deliveries.claimDueOfBulks(NOBODY, 50, retry)
					: this.deliveries.claimDueSingle(50, retry), 6)
			.flatMapIterable((due) -> due.claimed().stream().map(Delivery::id).toList())
			.collectList()
			.block(Duration.ofSeconds(60));

		assertThat(claimed).hasSizeGreaterThanOrEqualTo(50).doesNotHaveDuplicates();
	}

	@Test
	void cancelsADeferredDeliveryOnceWhenManyLookForThoseOfCancelledBulks() {
		DeliveryRequest cancelled = aRequest().inBatch(UUID.randomUUID()).build();
		DeliveryRequest[] requests = Flux.range(0, 100)
			.map((i) -> aRequest().inBatchOf(cancelled).build())
			.collectList()
			.block()
			.toArray(DeliveryRequest[]::new);
		Claim claim = claimAt(NOW);
		List<Delivery> all = this.deliveries.admit(batchOf(requests), claim).block().claimed();
		this.deliveries
			.record(all.stream().map((it) -> (Attempt) deferred(it, NOW, NOW.plusSeconds(60))).toList(), claim)
			.block();
		this.deliveries.admit(cancellationOf(cancelled), claim).block();

		Flux.range(0, 6)
			.flatMap((i) -> this.deliveries.cancelDeferred(30, NOW).repeat(4), 6)
			.blockLast(Duration.ofSeconds(60));

		assertThat(this.events.published).filteredOn(DeliveryEvent.Cancelled.class::isInstance)
			.hasSize(100)
			.doesNotHaveDuplicates();
		assertThat(rows("retries")).isEmpty();
	}

	@Test
	void recordsNothingWhenTheEventsCannotBePublished() {
		DeliveryRequest request = aRequest().build();
		Claim claim = claimAt(NOW);
		Delivery delivery = this.deliveries.admit(batchOf(request), claim).block().claimed().getFirst();
		this.events.fail = true;

		assertThatIllegalStateException()
			.isThrownBy(() -> this.deliveries.record(List.of(rejected(delivery, NOW)), claim).block());

		assertThat(stateOf(request.id())).isEqualTo(DeliveryState.QUEUED);
		assertThat(deadLetters()).isEmpty();
		assertThat(rows("attempts")).isEmpty();
	}

	@Test
	void givesUpNothingWhenTheEventsCannotBePublished() {
		DeliveryRequest request = aRequest().build();
		this.events.fail = true;

		assertThatIllegalStateException()
			.isThrownBy(() -> this.deliveries.giveUp(List.of(useless(request, NOW))).block());

		assertThat(stateOf(request.id())).isNull();
		assertThat(deadLetters()).isEmpty();
	}

	@Test
	void keepsEveryAttemptWithWhatTheRelaySaid() {
		DeliveryRequest request = aRequest().build();
		Claim first = claimAt(NOW);
		Delivery delivery = this.deliveries.admit(batchOf(request), first).block().claimed().getFirst();
		this.deliveries.record(List.of(deferred(delivery, NOW, NOW.plusSeconds(60))), first).block();
		Claim second = claimAt(NOW.plusSeconds(60));
		Delivery retry = this.deliveries.claimDueSingle(10, second).block().claimed().getFirst();
		this.deliveries.record(List.of(sent(retry, NOW.plusSeconds(61))), second).block();

		List<Map<String, Object>> attempts = rows("attempts order by number");

		assertThat(attempts).hasSize(2);
		assertThat(attempts.get(0)).containsEntry("number", 1)
			.containsEntry("outcome", "DEFERRED")
			.containsEntry("reason_code", "mailbox-busy")
			.containsEntry("reply_code", 450)
			.containsEntry("enhanced_status", "4.2.1")
			.containsEntry("reply", "4.2.1 try again later")
			.containsEntry("took_millis", 15L);
		assertThat(attempts.get(1)).containsEntry("number", 2)
			.containsEntry("outcome", "SENT")
			.containsEntry("reply_code", 250)
			.containsEntry("reply", "2.0.0 Ok: queued");
	}

	@Test
	void keepsNoAddressOfWhatIsSettled() {
		DeliveryRequest request = aRequest().to("somebody@client.example").build();
		Claim claim = claimAt(NOW);
		Delivery delivery = this.deliveries.admit(batchOf(request), claim).block().claimed().getFirst();
		this.deliveries.record(List.of(deferred(delivery, NOW, NOW.plusSeconds(60))), claim).block();
		assertThat(rows("retries")).hasSize(1);
		Claim retry = claimAt(NOW.plusSeconds(60));

		this.deliveries
			.record(List
				.of(sent(this.deliveries.claimDueSingle(1, retry).block().claimed().getFirst(), NOW.plusSeconds(61))),
					retry)
			.block();

		assertThat(rows("retries")).isEmpty();
		assertThat(rows("deliveries").toString() + rows("attempts")).doesNotContain("somebody");
	}

	@Test
	void letsWhatAnOlderDispatcherKeptTakeATurnOfItsOwnUntilItFailsAgain() {
		DeliveryRequest old = aRequest().inBatch(UUID.randomUUID()).build();
		Claim claim = claimAt(NOW);
		Delivery delivery = this.deliveries.admit(batchOf(old), claim).block().claimed().getFirst();
		this.deliveries.record(List.of(deferred(delivery, NOW, NOW.plusSeconds(60))), claim).block();
		execute("update retries set partner_space_id = default");
		Claim retry = claimAt(NOW.plusSeconds(60));

		Delivery due = this.deliveries.claimDueOfBulks(UUID.randomUUID(), 10, retry).block().claimed().getFirst();
		this.deliveries.record(List.of(deferred(due, NOW, NOW.plusSeconds(120))), retry).block();

		assertThat(due.request()).usingRecursiveComparison().isEqualTo(old);
		assertThat(rows("retries")).singleElement()
			.satisfies((row) -> assertThat(row).containsEntry("partner_space_id", old.partnerSpaceId()));
	}

	@Test
	void saysThatTryingAgainCannotHelpWhenTheDatabaseRefusesAnOutcome() {
		Claim claim = claimAt(NOW);
		Delivery delivery = this.deliveries.admit(batchOf(aRequest().build()), claim).block().claimed().getFirst();
		Attempt.Sent unstorable = new Attempt.Sent(delivery, Instant.parse("+300000-01-01T00:00:00Z"),
				sent(delivery, NOW).receipt());

		assertThatExceptionOfType(OutcomeRefused.class)
			.isThrownBy(() -> this.deliveries.record(List.of(unstorable), claim).block());

		assertThat(stateOf(delivery.id())).isEqualTo(DeliveryState.QUEUED);
	}

	@Test
	void takesAsGivenUpWhatItCannotKeepForAnotherAttempt() {
		Claim claim = claimAt(NOW);
		Delivery delivery = this.deliveries.admit(batchOf(aRequest().build()), claim).block().claimed().getFirst();
		Attempt.Deferred unstorable = deferred(delivery, NOW, Instant.parse("+300000-01-01T00:00:00Z"));
		assertThatExceptionOfType(OutcomeRefused.class)
			.isThrownBy(() -> this.deliveries.record(List.of(unstorable.withoutReply()), claim).block());

		this.deliveries.record(List.of(unstorable.givenUp()), claim).block();

		assertThat(stateOf(delivery.id())).isEqualTo(DeliveryState.REJECTED);
		assertThat(rows("dead_letters")).singleElement()
			.satisfies((letter) -> assertThat(letter.toString()).contains("unstorable"));
	}

	@Test
	void takesATableThatIsNotThereForAnOutage() {
		Claim claim = claimAt(NOW);
		Delivery delivery = this.deliveries.admit(batchOf(aRequest().build()), claim).block().claimed().getFirst();
		List<Attempt> sent = List.of(sent(delivery, NOW));
		execute("alter table attempts rename to attempts_to_come");
		try {
			assertThatExceptionOfType(DataAccessException.class)
				.isThrownBy(() -> this.deliveries.record(sent, claim).block());
		}
		finally {
			execute("alter table attempts_to_come rename to attempts");
		}

		this.deliveries.record(sent, claim).block();

		assertThat(stateOf(delivery.id())).isEqualTo(DeliveryState.SENT);
	}

	@Test
	void neverDeadlocksWhenEverybodyWantsTheSameDeliveries() {
		DeliveryRequest cancelled = aRequest().inBatch(UUID.randomUUID()).build();
		DeliveryRequest[] requests = Flux.range(0, 100)
			.map((i) -> (i % 2 == 0) ? aRequest().build() : aRequest().inBatchOf(cancelled).build())
			.collectList()
			.block()
			.toArray(DeliveryRequest[]::new);
		Claim claim = claimAt(NOW);
		List<Delivery> all = this.deliveries.admit(batchOf(requests), claim).block().claimed();
		this.deliveries.record(all.stream().map((it) -> (Attempt) deferred(it, NOW, NOW)).toList(), claim).block();
		this.deliveries.admit(cancellationOf(cancelled), claim).block();
		List<UUID> ids = new ArrayList<>(all.stream().map((it) -> it.id().invitationId()).toList());
		List<Mono<?>> work = new ArrayList<>();
		for (int i = 0; i < 12; i++) {
			Collections.shuffle(ids, new Random(i));
			UUID[] some = ids.subList(0, 30).toArray(UUID[]::new);
			Claim retry = claimAt(NOW.plusSeconds(i));
			work.add(this.deliveries.claimDueSingle(20, retry)
				.flatMap((due) -> this.deliveries.record(shuffled(due.claimed(), retry), retry)));
			work.add(this.deliveries.claimDueOfBulks(NOBODY, 20, retry)
				.flatMap((due) -> this.deliveries.record(shuffled(due.claimed(), retry), retry)));
			work.add(this.deliveries.admit(revocationOf(some), claimAt(NOW.plusSeconds(i))));
			work.add(this.deliveries.cancelDeferred(20, NOW.plusSeconds(i)));
		}

		Flux.fromIterable(work).flatMap((one) -> one, 8).blockLast(Duration.ofSeconds(60));

		assertThat(rows("deliveries where state = 'CANCELLED'")).isNotEmpty();
	}

	private static List<Attempt> shuffled(List<Delivery> deliveries, Claim claim) {
		List<Attempt> attempts = new ArrayList<>(
				deliveries.stream().map((it) -> (Attempt) deferred(it, claim.now(), claim.now())).toList());
		Collections.shuffle(attempts, new Random(deliveries.size()));
		return attempts;
	}

	private static void execute(String statement) {
		database.client().sql(statement).then().block();
	}

	private static List<Map<String, Object>> rows(String table) {
		return database.client().sql("select * from " + table).fetch().all().collectList().block();
	}

	private static final class RecordingEvents implements DeliveryEvents {

		private final List<DeliveryEvent> published = Collections.synchronizedList(new ArrayList<>());

		private boolean fail;

		@Override
		public Mono<Void> publish(Collection<? extends DeliveryEvent> events) {
			return Mono.fromRunnable(() -> {
				if (this.fail) {
					throw new IllegalStateException("events cannot be published");
				}
				this.published.addAll(events);
			});
		}

	}

}
