package com.banqup.invitations.outbox;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import com.banqup.invitations.events.InvitationSent;
import org.apache.avro.generic.IndexedRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static com.banqup.invitations.outbox.Records.sent;
import static com.banqup.invitations.outbox.RelayFixture.STACK;
import static com.banqup.invitations.outbox.RelayFixture.numbers;
import static com.banqup.invitations.outbox.RelayFixture.published;
import static com.banqup.invitations.outbox.RelayFixture.topic;
import static org.assertj.core.api.Assertions.assertThat;

class OutboxRelayIT {

	private final RelayFixture fixture = new RelayFixture();

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void publishesWhatACommittedTransactionAppended() {
		String topic = topic();
		InvitationSent record = sent(1);
		String traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
		this.fixture.startRelay();

		this.fixture.outbox.append(new OutboxMessage(topic, "key", record))
			.as(this.fixture.transaction::transactional)
			.contextWrite((context) -> context.put(Outbox.TRACEPARENT, traceparent))
			.block();

		eventually().until(() -> this.fixture.rows() == 0);
		ConsumerRecord<String, IndexedRecord> found = published(topic).getFirst();
		assertThat(found.key()).isEqualTo("key");
		assertThat(found.value()).isEqualTo(record);
		assertThat(found.headers().headers("traceparent")).extracting(Header::value)
			.containsExactly(traceparent.getBytes(StandardCharsets.US_ASCII));
	}

	@Test
	void publishesNothingOfARolledBackTransaction() {
		String topic = topic();
		this.fixture.startRelay();

		Mono<Void> failing = this.fixture.outbox.append(new OutboxMessage(topic, "key", sent(1)))
			.then(Mono.error(new IllegalArgumentException("rolled back")));
		StepVerifier.create(failing.as(this.fixture.transaction::transactional)).verifyErrorMessage("rolled back");
		this.fixture.append(new OutboxMessage(topic, "key", sent(2)));

		eventually().until(() -> numbers(topic).containsKey("key"));
		assertThat(numbers(topic)).isEqualTo(Map.of("key", List.of(2)));
		assertThat(this.fixture.rows()).isZero();
	}

	@Test
	void refusesToAppendWithoutATransaction() {
		StepVerifier.create(this.fixture.outbox.append(new OutboxMessage(topic(), "key", sent(1))))
			.verifyErrorSatisfies((error) -> assertThat(error).isInstanceOf(IllegalStateException.class)
				.hasMessageContaining("no running transaction"));
		StepVerifier.create(this.fixture.outbox.append(List.of())).verifyError(IllegalStateException.class);
		assertThat(this.fixture.rows()).isZero();
	}

	@Test
	void keepsTheRowsWhileKafkaIsDownAndCatchesUpInOrder() {
		String topic = topic();
		RelayFixture.Instance instance = this.fixture.startRelay("send-timeout=5s");
		this.fixture.append(new OutboxMessage(topic, "a", sent(0)));
		eventually().until(() -> this.fixture.rows() == 0);

		STACK.kafka().stop();
		try {
			IntStream.rangeClosed(1, 100)
				.forEach((number) -> this.fixture.append(new OutboxMessage(topic, "a", sent(number)),
						new OutboxMessage(topic, "b", sent(number))));
			eventually().until(() -> instance.counted("outbox.trouble") >= 2);
			assertThat(this.fixture.rows()).isEqualTo(200);
			assertThat(this.fixture.count("select count(*) from outbox where attempts > 0")).isZero();
		}
		finally {
			STACK.kafka().start();
		}

		eventually().until(() -> this.fixture.rows() == 0);
		Map<String, List<Integer>> numbers = numbers(topic);
		assertThat(numbers.getOrDefault("a", List.of()).stream().distinct()).isSorted().hasSize(101);
		assertThat(numbers.getOrDefault("b", List.of()).stream().distinct()).isSorted().hasSize(100);
		assertThat(this.fixture.count("select count(*) from outbox_parked")).isZero();
	}

	@Test
	void keepsTheRowsWhileTheRegistryIsDown() {
		String topic = topic();
		RelayFixture.Instance instance = this.fixture.startRelay();

		STACK.registry().stop();
		try {
			this.fixture.append(new OutboxMessage(topic, "key", sent(1)), new OutboxMessage(topic, "key", sent(2)));
			eventually().until(() -> instance.counted("outbox.trouble") >= 2);
			assertThat(this.fixture.rows()).isEqualTo(2);
			assertThat(this.fixture.count("select count(*) from outbox where attempts > 0")).isZero();
		}
		finally {
			STACK.registry().start();
		}

		eventually().until(() -> this.fixture.rows() == 0);
		assertThat(numbers(topic)).isEqualTo(Map.of("key", List.of(1, 2)));
	}

	@Test
	void takesOverWhenTheConnectionOfTheActiveRelayDies() {
		String topic = topic();
		RelayFixture.Instance first = this.fixture.startRelay();
		eventually().until(first::isActive);
		RelayFixture.Instance second = this.fixture.startRelay();
		this.fixture.append(new OutboxMessage(topic, "key", sent(1)));
		eventually().until(() -> this.fixture.rows() == 0);
		eventually().until(() -> first.counted("outbox.published") == 1);
		assertThat(second.isActive()).isFalse();

		terminateHolderOfTheLockUntil(second);
		this.fixture.append(new OutboxMessage(topic, "key", sent(2)));

		eventually().until(() -> this.fixture.rows() == 0);
		assertThat(numbers(topic)).isEqualTo(Map.of("key", List.of(1, 2)));
		eventually().until(() -> second.counted("outbox.published") == 1);
		assertThat(first.isActive()).isFalse();
	}

	/** The one that lost its connection may be the quicker one to come back. */
	private void terminateHolderOfTheLockUntil(RelayFixture.Instance active) {
		eventually().pollInterval(Duration.ofMillis(300)).until(() -> {
			if (active.isActive()) {
				return true;
			}
			this.fixture
				.execute("select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and granted");
			return false;
		});
	}

	@Test
	void leavesTheLockToOthersWhenItStops() {
		String topic = topic();
		RelayFixture.Instance first = this.fixture.startRelay();
		eventually().until(first::isActive);
		RelayFixture.Instance second = this.fixture.startRelay();

		first.stop();
		this.fixture.append(new OutboxMessage(topic, "key", sent(1)));

		eventually().until(() -> this.fixture.rows() == 0);
		eventually().until(() -> second.counted("outbox.published") == 1);
		assertThat(first.isActive()).isFalse();
	}

	@Test
	void publishesAgainAfterACrashBetweenAcknowledgementAndDeletion() {
		String topic = topic();
		this.fixture.execute("""
				create function crash() returns trigger language plpgsql as
				$$ begin raise exception 'crash between acknowledgement and deletion'; end $$
				""");
		this.fixture
			.execute("create trigger crash before delete on outbox for each statement execute function crash()");
		this.fixture.append(new OutboxMessage(topic, "key", sent(1)), new OutboxMessage(topic, "key", sent(2)));

		this.fixture.startRelay();
		eventually().until(() -> numbers(topic).getOrDefault("key", List.of()).size() >= 4);
		assertThat(this.fixture.rows()).isEqualTo(2);
		this.fixture.execute("drop trigger crash on outbox");

		eventually().until(() -> this.fixture.rows() == 0);
		assertThat(numbers(topic).get("key")).startsWith(1, 2, 1, 2).endsWith(1, 2);
	}

	@Test
	void wakesARelayInAnotherProcess() {
		String topic = topic();
		RelayFixture.Instance instance = this.fixture.startRelay("poll-interval=1h");
		eventually().until(instance::isActive);
		RelayAnnouncements elsewhere = new RelayAnnouncements(this.fixture.connections, Duration.ofSeconds(5));
		elsewhere.start();

		new Outbox(this.fixture.connections, new RowEncoder(RelayFixture.schemas(), 1000), elsewhere)
			.append(new OutboxMessage(topic, "key", sent(1)))
			.as(this.fixture.transaction::transactional)
			.block();

		eventually().until(() -> this.fixture.rows() == 0);
		elsewhere.stop();
	}

	@Test
	void publishesTheFirstRowAtOnceAndGathersThoseAfterIt() {
		String topic = topic();
		this.fixture.execute("create table batch (rows bigint)");
		this.fixture.execute("""
				create function note_batch() returns trigger language plpgsql as
				$$ begin insert into batch select count(*) from gone; return null; end $$
				""");
		this.fixture.execute("""
				create trigger note_batch after delete on outbox referencing old table as gone
				for each statement execute function note_batch()
				""");
		this.fixture.append(new OutboxMessage(topic, "key", sent(1)));
		this.fixture.startRelay("gather-time=1s", "poll-interval=1h");
		eventually().until(() -> this.fixture.rows() == 0);

		IntStream.rangeClosed(2, 31)
			.forEach((number) -> this.fixture.append(new OutboxMessage(topic, "key", sent(number))));

		eventually().until(() -> this.fixture.rows() == 0);
		assertThat(numbers(topic)).isEqualTo(Map.of("key", IntStream.rangeClosed(1, 31).boxed().toList()));
		assertThat(this.fixture.count("select sum(rows)::bigint from batch")).isEqualTo(31);
		assertThat(this.fixture.count("select count(*) from batch")).isLessThanOrEqualTo(3);
	}

	@ParameterizedTest
	@ValueSource(strings = { "batch-size=10", "batch-bytes=300B" })
	void publishesABacklogBatchByBatchWithoutBeingWokenAgain(String limit) {
		String topic = topic();
		RelayFixture.Instance instance = this.fixture.startRelay(limit, "poll-interval=1h");
		eventually().until(instance::isActive);

		this.fixture.append(IntStream.rangeClosed(1, 35)
			.mapToObj((number) -> new OutboxMessage(topic, "key", sent(number)))
			.toArray(OutboxMessage[]::new));

		eventually().until(() -> this.fixture.rows() == 0);
		assertThat(numbers(topic)).isEqualTo(Map.of("key", IntStream.rangeClosed(1, 35).boxed().toList()));
	}

	@Test
	void doesNotDelayATopicForOneThatIsMissing() {
		String topic = topic();
		String missing = "missing-" + UUID.randomUUID();
		RelayFixture.Instance instance = this.fixture.startRelay("send-timeout=60s");
		this.fixture.append(new OutboxMessage(missing, "key", sent(1)));
		eventually().until(instance::isActive);

		this.fixture.append(new OutboxMessage(topic, "key", sent(1)));

		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> this.fixture.count("select count(*) from outbox where topic = '" + topic + "'") == 0);
		assertThat(this.fixture.rows()).isEqualTo(1);
		STACK.kafka().createTopic(missing, 1);
		eventually().until(() -> this.fixture.rows() == 0);
	}

	private static ConditionFactory eventually() {
		return Awaitility.await().atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofMillis(50));
	}

}
