package com.banqup.invitations.systemtests;

import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A bulk while invite-api is killed in the middle of the upload and the dispatcher in the
 * middle of the mails. {@code ./bench --cases kills} does the same with many more rows.
 */
class KillsDuringABulkIT {

	private static final Duration PATIENCE = Duration.ofSeconds(180);

	private static final int ROWS = 2_000;

	/** A chunk of 1,000 and half of the next. */
	private static final int ROWS_BEFORE_THE_KILL = 1_500;

	/** That are answered: the ledger knows at least some of them as sent. */
	private static final int MAILS_BEFORE_THE_KILL = 600;

	private final RunningSystem system = RunningSystem.shared();

	private final PartnerSpace partnerSpace = this.system.partnerSpace();

	private final String domain = "bulk-%s.example".formatted(UUID.randomUUID().toString().substring(0, 8));

	@Test
	void everyRowIsMailedAndOnlyWhatWasUnderWayIsRepeated() throws IOException {
		this.system.order("stop", "smtp");
		Set<String> stalled;
		Map<String, String> mailedBefore = new HashMap<>();
		Set<String> recorded;
		String batch;
		try (StallingRelay relay = new StallingRelay(this.system.smtpPort(), MAILS_BEFORE_THE_KILL)) {
			batch = uploadThoughTheApiIsKilled();
			awaitMailsRecordedAndUnderWay(batch, relay);
			stalled = relay.stalled().keySet();
			this.system.kill("invite-dispatcher");
			recorded = this.system.mailsRecordedAsSent();
			mailedBefore.putAll(relay.taken());
			mailedBefore.putAll(relay.stalled());
		}
		finally {
			this.system.order("start", "smtp");
		}
		this.system.awaitReady("invite-dispatcher");

		assertThatTheCountsAddUp(awaitAllSent(batch));
		List<JsonNode> mailedAfter = mails();
		List<String> idsAfter = mailedAfter.stream().map(this.system.mailbox()::messageIdOf).toList();
		assertThat(idsAfter).as("mails after the kill").doesNotHaveDuplicates().containsAll(stalled);
		assertThat(mailedBefore.keySet()).as("mails before the kill")
			.anySatisfy((id) -> assertThat(recorded).contains(mailOf(id)));
		assertThat(idsAfter).extracting(KillsDuringABulkIT::mailOf)
			.as("what the ledger knew as sent is not repeated")
			.doesNotContainAnyElementsOf(recorded);
		assertThatEachRowWasMailedWithOneMessageId(mailedBefore, mailedAfter, idsAfter);
	}

	/** The batch, with all of its rows. */
	private String uploadThoughTheApiIsKilled() throws IOException {
		String template = this.partnerSpace.createTemplate();
		byte[] begun = rows(ROWS_BEFORE_THE_KILL);
		String batch;
		try (PipedOutputStream writing = new PipedOutputStream();
				PipedInputStream reading = new PipedInputStream(writing, begun.length)) {
			writing.write(begun);
			CompletableFuture<?> upload = this.partnerSpace.startBulk(template, this.domain, reading);
			batch = awaitSomeRowsTaken();
			this.system.kill("invite-api");
			assertThat(upload).failsWithin(PATIENCE);
		}
		this.system.awaitReady("invite-api");
		PartnerSpace space = this.system.partnerSpace();
		assertThat(space.batch(batch).at("/counts/rows").asInt()).as("rows that were taken").isEqualTo(1_000);
		JsonNode uploaded = space.uploadBulk(template, this.domain, rows(ROWS));
		assertThat(uploaded.required("id").asString()).isEqualTo(batch);
		return batch;
	}

	private String awaitSomeRowsTaken() {
		return Awaitility.await("a chunk of rows to be taken")
			.atMost(PATIENCE)
			.ignoreExceptions()
			.until(this.partnerSpace::lastBatch,
					(batch) -> batch.required("state").asString().equals("RECEIVING")
							&& batch.at("/counts/rows").asInt() == 1_000)
			.required("id")
			.asString();
	}

	/** The invitation and generation that a Message-ID names. */
	private static String mailOf(String messageId) {
		return messageId.substring(messageId.startsWith("<") ? 1 : 0, messageId.indexOf('@'));
	}

	private void awaitMailsRecordedAndUnderWay(String batch, StallingRelay relay) {
		Awaitility.await("mails sent and recorded, and others under way")
			.atMost(PATIENCE)
			.until(() -> this.partnerSpace.batch(batch).at("/counts/sent").asInt(),
					(sent) -> sent > 0 && relay.stalled().size() > 1);
	}

	private JsonNode awaitAllSent(String batch) {
		return Awaitility.await("all mails to be sent")
			.atMost(PATIENCE)
			.until(() -> this.partnerSpace.batch(batch),
					(view) -> view.required("state").asString().equals("COMPLETED")
							&& view.at("/counts/sent").asInt() >= ROWS)
			.required("counts");
	}

	private static void assertThatTheCountsAddUp(JsonNode counts) {
		Map<String, Integer> numbers = new HashMap<>();
		for (String name : List.of("rows", "waiting", "invited", "skipped", "invalid", "cancelled", "queued", "sent",
				"deferred", "rejected")) {
			numbers.put(name, counts.required(name).asInt());
		}
		assertThat(numbers).isEqualTo(Map.of("rows", ROWS, "waiting", 0, "invited", ROWS, "skipped", 0, "invalid", 0,
				"cancelled", 0, "queued", 0, "sent", ROWS, "deferred", 0, "rejected", 0));
	}

	private static void assertThatEachRowWasMailedWithOneMessageId(Map<String, String> before, List<JsonNode> after,
			List<String> idsAfter) {
		Map<String, Set<String>> idsByRecipient = new HashMap<>();
		before.forEach((id, recipient) -> add(idsByRecipient, recipient, id));
		for (int i = 0; i < after.size(); i++) {
			add(idsByRecipient, recipient(after.get(i)), idsAfter.get(i));
		}
		assertThat(idsByRecipient).as("recipients").hasSize(ROWS);
		assertThat(idsByRecipient.values()).as("Message-IDs of a recipient")
			.allSatisfy((ids) -> assertThat(ids).hasSize(1));
		assertThat(idsByRecipient.values().stream().flatMap(Collection::stream).collect(Collectors.toSet()))
			.as("Message-IDs")
			.hasSize(ROWS);
	}

	private static void add(Map<String, Set<String>> idsByRecipient, String recipient, String id) {
		idsByRecipient.computeIfAbsent(recipient, (known) -> new HashSet<>()).add(id);
	}

	/** What came to the mail inbox of this bulk. */
	private List<JsonNode> mails() {
		return this.system.mailbox()
			.mails()
			.stream()
			.filter((mail) -> recipient(mail).endsWith("@" + this.domain))
			.toList();
	}

	private static String recipient(JsonNode mail) {
		return mail.required("recipients").required(0).asString();
	}

	private byte[] rows(int count) {
		return IntStream.range(0, count)
			.mapToObj((
					i) -> "{\"rowRef\":\"R%1$d\",\"name\":\"Café de l’Été %1$d\",\"email\":\"c%1$d@%2$s\",\"language\":\"fr\"}\n"
						.formatted(i, this.domain))
			.collect(Collectors.joining())
			.getBytes(StandardCharsets.UTF_8);
	}

}
