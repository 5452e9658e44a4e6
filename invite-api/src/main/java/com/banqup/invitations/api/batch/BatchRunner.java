package com.banqup.invitations.api.batch;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

import com.banqup.invitations.api.batch.BatchUpkeep.SilentMails;
import com.banqup.invitations.api.lifecycle.BackgroundWork;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

import org.springframework.stereotype.Component;

/**
 * Keeps {@link RunBatches} at work in every process, and ends batches that are done. The
 * workers do not hinder each other, and one that dies leaves nothing behind.
 */
@Component
class BatchRunner extends BackgroundWork {

	private static final Logger log = LoggerFactory.getLogger(BatchRunner.class);

	private final RunBatches runBatches;

	private final FailedTurns failedTurns;

	private final BatchUpkeep upkeep;

	private final BatchProperties properties;

	private final RowMeters meters;

	private final Counter silent;

	private final Clock clock;

	BatchRunner(RunBatches runBatches, FailedTurns failedTurns, BatchUpkeep upkeep, BatchProperties properties,
			MeterRegistry meters, Clock clock) {
		this.runBatches = runBatches;
		this.failedTurns = failedTurns;
		this.upkeep = upkeep;
		this.properties = properties;
		this.meters = new RowMeters(meters);
		this.silent = Counter.builder("invitation.batches.silent")
			.description("Times that nothing was heard of mails of a bulk for too long")
			.register(meters);
		this.clock = clock;
	}

	@Override
	protected Publisher<?> work() {
		int workers = this.properties.workers();
		return Flux.merge(Flux.range(0, workers).flatMap((worker) -> decide(), workers), settle());
	}

	private Mono<Void> decide() {
		return Mono.defer(this.runBatches::decideNext)
			.doOnNext(this.meters::count)
			.map((results) -> true)
			.switchIfEmpty(Mono.delay(this.properties.pollInterval()).thenReturn(false))
			.onErrorResume(TurnFailed.class, (failure) -> this.failedTurns.passOver(failure).thenReturn(false))
			.repeat()
			.retryWhen(retry("Deciding rows"))
			.then();
	}

	private Mono<Void> settle() {
		return Mono.delay(this.properties.settleInterval())
			.then(Mono.fromSupplier(this.clock::instant))
			.flatMap((now) -> end(now, now.minus(this.properties.silentAfter()))
				.then(this.upkeep.discardUndecided(this.properties.discardedChunks())))
			.repeat()
			.retryWhen(retry("Ending batches"))
			.then();
	}

	private Mono<Void> end(Instant now, Instant silentBefore) {
		return this.upkeep.settle(now, now.minus(this.properties.abandonedAfter()), silentBefore)
			.thenMany(writeOffSilent(now, silentBefore))
			.then();
	}

	/** In one batch after the other, until none is left to look at this time. */
	private Flux<SilentMails> writeOffSilent(Instant now, Instant silentBefore) {
		Mono<SilentMails> next = this.upkeep.writeOffSilent(now, silentBefore, this.properties.chunkRows());
		return next.expand((found) -> next).filter((found) -> found.mails() > 0).doOnNext(this::tellOperators);
	}

	private void tellOperators(SilentMails silent) {
		log.warn(
				"Nothing was heard of {} mails of batch {} of Partner Space {} for {}: nothing waits for them any more",
				silent.mails(), silent.batchId(), silent.partnerSpaceId(), this.properties.silentAfter());
		this.silent.increment();
	}

	private Retry retry(String what) {
		return Retry.backoff(Long.MAX_VALUE, this.properties.minBackoff())
			.maxBackoff(this.properties.maxBackoff())
			.transientErrors(true)
			.doBeforeRetry((signal) -> log.warn("{} failed: {}", what, String.valueOf(signal.failure())));
	}

}
