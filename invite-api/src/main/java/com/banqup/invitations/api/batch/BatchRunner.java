package com.banqup.invitations.api.batch;

import java.time.Clock;
import java.util.List;

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
			.description("Bulks that ended although nothing was heard of some of their mails")
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
			.flatMap((now) -> this.upkeep.settle(now, now.minus(this.properties.abandonedAfter()))
				.thenMany(this.upkeep.settleSilent(now, now.minus(this.properties.silentAfter())))
				.doOnNext(this::tellOperators)
				.then(this.upkeep.discardUndecided(this.properties.discardedChunks())))
			.repeat()
			.retryWhen(retry("Ending batches"))
			.then();
	}

	private void tellOperators(BatchId silent) {
		log.warn("Nothing was heard of mails of batch {} for {}: it has ended, and they can be asked for again", silent,
				this.properties.silentAfter());
		this.silent.increment();
	}

	private Retry retry(String what) {
		return Retry.backoff(Long.MAX_VALUE, this.properties.minBackoff())
			.maxBackoff(this.properties.maxBackoff())
			.transientErrors(true)
			.doBeforeRetry((signal) -> log.warn("{} failed: {}", what, String.valueOf(signal.failure())));
	}

}
