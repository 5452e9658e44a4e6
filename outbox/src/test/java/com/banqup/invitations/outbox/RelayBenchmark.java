package com.banqup.invitations.outbox;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.banqup.invitations.devstack.EmbeddedStack;
import com.banqup.invitations.devstack.Stack;
import com.banqup.invitations.devstack.StackPorts;
import com.banqup.invitations.requests.InvitationRequested;
import com.banqup.invitations.schemas.Permission;
import com.sun.management.OperatingSystemMXBean;
import org.awaitility.Awaitility;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Measures appending and relaying on a stack of its own with durable settings, generator
 * and servers on one machine. Arguments: what ({@code append}, {@code single},
 * {@code relay}, {@code latency}), rounds, then {@code property=value} of the relay and
 * {@code kafka.property=value} of its producer. Prints one line a round.
 */
final class RelayBenchmark {

	private static final int ROWS = 200_000;

	private final Stack stack;

	private RelayBenchmark(Stack stack) {
		this.stack = stack;
	}

	public static void main(String[] arguments) throws Exception {
		Path folder = Files.createTempDirectory("outbox-benchmark");
		try (Stack stack = EmbeddedStack.builder().data(folder).ports(StackPorts.free()).durable(true).build()) {
			RelayBenchmark benchmark = new RelayBenchmark(stack);
			String[] settings = Arrays.copyOfRange(arguments, 2, arguments.length);
			for (int round = 0; round < Integer.parseInt(arguments[1]); round++) {
				try (RelayFixture fixture = new RelayFixture(stack)) {
					switch (arguments[0]) {
						case "append" -> benchmark.append(fixture);
						case "single" -> benchmark.single(fixture);
						case "relay" -> benchmark.relay(fixture, settings);
						case "latency" -> benchmark.latency(fixture, settings);
						default -> throw new IllegalArgumentException(arguments[0]);
					}
				}
			}
		}
		System.exit(0);
	}

	/** Transactions of one append of 500 rows, on 2 connections. */
	private void append(RelayFixture fixture) {
		List<List<OutboxMessage>> batches = IntStream.range(0, ROWS / 500)
			.mapToObj((batch) -> messages("t", 500))
			.toList();
		Instant start = Instant.now();
		long cpu = cpu();
		Flux.fromIterable(batches)
			.flatMap((batch) -> fixture.outbox.append(batch).as(fixture.transaction::transactional), 2)
			.then()
			.block();
		print("append 500 a transaction", ROWS, start, cpu);
	}

	/** Transactions of one row, on 10 connections, with the wake-up after or in them. */
	private void single(RelayFixture fixture) {
		List<OutboxMessage> messages = messages("t", 20_000);
		Instant start = Instant.now();
		long cpu = cpu();
		Flux.fromIterable(messages)
			.flatMap((message) -> fixture.outbox.append(message).as(fixture.transaction::transactional), 10)
			.then()
			.block();
		print("append 1 a transaction, announced after it", messages.size(), start, cpu);
		Mono<Void> notify = fixture.database.sql("select pg_notify('outbox', '')").then();
		Mono<Void> nothing = fixture.database.sql("select 1").then();
		start = Instant.now();
		cpu = cpu();
		Flux.fromIterable(messages)
			.flatMap((message) -> fixture.outbox.append(message).then(notify).as(fixture.transaction::transactional),
					10)
			.then()
			.block();
		print("append 1 a transaction, pg_notify in it", messages.size(), start, cpu);
		start = Instant.now();
		cpu = cpu();
		Flux.fromIterable(messages)
			.flatMap((message) -> fixture.outbox.append(message).then(nothing).as(fixture.transaction::transactional),
					10)
			.then()
			.block();
		print("append 1 a transaction, select 1 in it", messages.size(), start, cpu);
	}

	/** A backlog of one topic. */
	private void relay(RelayFixture fixture, String[] settings) {
		String topic = "bench-" + UUID.randomUUID();
		TestTopics.create(this.stack.kafka().bootstrapServers(), topic, 12, Map.of());
		Flux.range(0, ROWS / 500)
			.flatMap((batch) -> fixture.outbox.append(messages(topic, 500)).as(fixture.transaction::transactional), 2)
			.then()
			.block();
		Instant start = Instant.now();
		long cpu = cpu();
		RelayFixture.Instance instance = start(fixture, settings);
		Awaitility.await()
			.atMost(Duration.ofMinutes(5))
			.pollInterval(Duration.ofMillis(10))
			.until(() -> instance.counted("outbox.published") >= ROWS);
		print("relay " + String.join(" ", settings), ROWS, start, cpu);
	}

	/** From commit to deletion, one row at a time. */
	private void latency(RelayFixture fixture, String[] settings) {
		String topic = "bench-" + UUID.randomUUID();
		TestTopics.create(this.stack.kafka().bootstrapServers(), topic, 12, Map.of());
		RelayFixture.Instance instance = start(fixture, settings);
		long[] nanos = new long[500];
		for (int i = 0; i < nanos.length; i++) {
			fixture.append(messages(topic, 1).getFirst());
			long start = System.nanoTime();
			while (instance.counted("outbox.published") <= i) {
				Thread.onSpinWait();
			}
			nanos[i] = System.nanoTime() - start;
		}
		Arrays.sort(nanos);
		System.out.printf("latency %s: p50 %.1f ms, p99 %.1f ms%n", String.join(" ", settings), nanos[250] / 1e6,
				nanos[495] / 1e6);
	}

	private static RelayFixture.Instance start(RelayFixture fixture, String[] settings) {
		Map<String, Object> kafka = Stream.of(settings)
			.filter((setting) -> setting.startsWith("kafka."))
			.map((setting) -> setting.substring(6).split("=", 2))
			.collect(Collectors.toMap((pair) -> pair[0], (pair) -> pair[1]));
		return fixture.startRelay(kafka,
				Stream.of(settings).filter((setting) -> !setting.startsWith("kafka.")).toArray(String[]::new));
	}

	private static List<OutboxMessage> messages(String topic, int count) {
		String key = UUID.randomUUID().toString();
		return IntStream.range(0, count).mapToObj((i) -> new OutboxMessage(topic, key, request())).toList();
	}

	private static InvitationRequested request() {
		return InvitationRequested.newBuilder()
			.setInvitationId(UUID.randomUUID())
			.setGeneration(1)
			.setPartnerSpaceId(UUID.randomUUID())
			.setPartnerName("Boekhouding Janssens & Zoon")
			.setClientId(UUID.randomUUID())
			.setClientName("Bakkerij De Gouden Krakeling")
			.setEmail("info@bakkerij-de-gouden-krakeling.example")
			.setLanguage("nl")
			.setMessage("Beste klant, vanaf nu werken we samen in Banqup. Met vriendelijke groeten, uw boekhouder.")
			.setPermissions(List.of(Permission.VIEW_DOCUMENTS.code(), Permission.SEND_INVOICES.code()))
			.setRequestedAt(Instant.parse("2026-01-02T03:04:05Z"))
			.setExpiresAt(Instant.parse("2026-02-01T03:04:05Z"))
			.build();
	}

	private static void print(String what, int rows, Instant start, long cpuBefore) {
		double seconds = Duration.between(start, Instant.now()).toMillis() / 1000.0;
		double micros = (cpu() - cpuBefore) / 1000.0 / rows;
		System.out.printf("%s: %,d rows in %.2f s, %,.0f a second, %.1f µs CPU a row (this process, with the broker)%n",
				what, rows, seconds, rows / seconds, micros);
	}

	private static long cpu() {
		return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
	}

}
