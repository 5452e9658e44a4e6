package com.banqup.invitations.api.batch.web;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

import com.banqup.invitations.api.batch.BatchCounts;
import com.banqup.invitations.api.batch.BatchId;
import com.banqup.invitations.api.batch.BatchProgress;
import com.banqup.invitations.api.batch.BatchProperties;
import com.banqup.invitations.api.batch.BatchState;
import com.banqup.invitations.api.batch.InvitationBatch;
import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import com.banqup.invitations.api.template.TemplateId;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;
import reactor.test.subscriber.TestSubscriber;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.support.StaticApplicationContext;
import org.springframework.http.codec.ServerSentEvent;

import static org.assertj.core.api.Assertions.assertThat;

class ProgressStreamTests {

	private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

	private final ProgressStream stream = stream("10m");

	private final Sinks.Many<BatchProgress> progress = Sinks.many().multicast().directBestEffort();

	@Test
	void tellsTheSlowTheLatestAndHardlyAnythingThatIsOld() {
		TestSubscriber<ServerSentEvent<BatchView>> slow = TestSubscriber.builder().initialRequest(1).build();
		this.stream.events(this.progress.asFlux().onBackpressureLatest(), null).subscribe(slow);

		emit(1, 100);
		slow.request(100);

		assertThat(slow.getReceivedOnNext()).extracting(ProgressStreamTests::rows)
			.hasSizeLessThan(5)
			.startsWith(1)
			.endsWith(100);
		slow.cancel();
	}

	@Test
	void endsInTimeThoughNobodyTakesTheEvents() {
		VirtualTimeScheduler time = VirtualTimeScheduler.getOrSet();
		try {
			TestSubscriber<ServerSentEvent<BatchView>> unread = TestSubscriber.builder().initialRequest(0).build();
			this.stream.events(this.progress.asFlux().onBackpressureLatest(), null).subscribe(unread);
			emit(1, 100);

			time.advanceTimeBy(Duration.ofMinutes(10));

			assertThat(unread.isTerminatedComplete()).isTrue();
			assertThat(this.progress.currentSubscriberCount()).isZero();
		}
		finally {
			VirtualTimeScheduler.reset();
		}
	}

	@Test
	void endsWhenTheServiceStops() {
		StepVerifier.create(this.stream.events(this.progress.asFlux(), null))
			.then(() -> emit(1, 1))
			.expectNextCount(1)
			.then(() -> this.stream.onApplicationEvent(new ContextClosedEvent(new StaticApplicationContext())))
			.expectComplete()
			.verify(Duration.ofSeconds(5));

		StepVerifier.create(this.stream.events(Flux.never(), null)).expectComplete().verify(Duration.ofSeconds(5));
	}

	private void emit(int from, int to) {
		for (int rows = from; rows <= to; rows++) {
			this.progress.tryEmitNext(progress(rows, List.of()));
		}
	}

	private static int rows(ServerSentEvent<BatchView> event) {
		return Math.toIntExact(Objects.requireNonNull(event.data()).counts().rows());
	}

	static ProgressStream stream(String longest) {
		return new ProgressStream(new Binder(new MapConfigurationPropertySource(
				Map.of("invite.batches.progress-longest", longest, "invite.batches.progress-heartbeat", "15s")))
			.bindOrCreate("invite.batches", BatchProperties.class));
	}

	static BatchProgress progress(int rows, List<String> ignoredColumns) {
		UUID id = new UUID(0, 1);
		InvitationBatch batch = new InvitationBatch(new BatchId(id), new PartnerSpaceId(id), new TemplateId(id), false,
				BatchState.RUNNING, null, ignoredColumns, rows, "user-1", START, START, START, 0, null, null, null);
		return new BatchProgress(batch, BatchCounts.of(rows, false, Map.of()), START);
	}

}
