package com.banqup.invitations.dispatch.delivery.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

import com.banqup.invitations.dispatch.delivery.BatchReport;
import com.banqup.invitations.dispatch.delivery.Lane;
import com.banqup.invitations.dispatch.delivery.RequestBatch;
import com.banqup.invitations.dispatch.delivery.UselessRequest;
import com.banqup.invitations.schemas.EncodedRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.kafka.listener.BatchAcknowledgingMessageListener;
import org.springframework.kafka.support.Acknowledgment;

/**
 * Takes batches from one topic, on the consumers' own threads, and waits for each: the
 * only place that does. Offsets are committed up to the first record that is not settled;
 * from there on records are read again, after a pause. The pause is spent on the
 * consumer's thread, with its heartbeats going on: nothing is paused in the consumer, so
 * whatever happens to its partitions meanwhile, none has to be resumed. Nothing is ever
 * skipped.
 */
final class InvitationRequestsListener implements BatchAcknowledgingMessageListener<byte[], @Nullable EncodedRecord> {

	private static final Logger log = LoggerFactory.getLogger(InvitationRequestsListener.class);

	private final Lane lane;

	private final Function<RequestBatch, Mono<BatchReport>> deliverBatch;

	private final Function<List<UselessRequest>, Mono<Void>> giveUp;

	private final RequestRecords requestRecords;

	private final Duration batchTimeout;

	private final Function<Duration, Mono<?>> pause;

	/**
	 * Creates it.
	 * @param batchTimeout the longest that a batch may take
	 * @param pause ends after this time, or earlier when nobody is to wait any more
	 */
	InvitationRequestsListener(Lane lane, Function<RequestBatch, Mono<BatchReport>> deliverBatch,
			Function<List<UselessRequest>, Mono<Void>> giveUp, RequestRecords requestRecords, Duration batchTimeout,
			Function<Duration, Mono<?>> pause) {
		this.lane = lane;
		this.deliverBatch = deliverBatch;
		this.giveUp = giveUp;
		this.requestRecords = requestRecords;
		this.batchTimeout = batchTimeout;
		this.pause = pause;
	}

	@Override
	public void onMessage(List<ConsumerRecord<byte[], @Nullable EncodedRecord>> records,
			@Nullable Acknowledgment acknowledgment) {
		deliver(records, Objects.requireNonNull(acknowledgment, "container's acknowledgment mode"));
	}

	private void deliver(List<ConsumerRecord<byte[], @Nullable EncodedRecord>> records, Acknowledgment acknowledgment) {
		String consumer = Thread.currentThread().getName();
		try {
			Progress progress = deliver(records);
			settle(records.size(), progress, consumer, acknowledgment);
		}
		catch (RuntimeException ex) {
			Duration pause = this.lane.waits(consumer, DeliveryFailures.hindrance(ex));
			log.warn("{}: {} records are tried again in {}: {}", this.lane.name(), records.size(), pause,
					ex.toString());
			log.debug("{}: why", this.lane.name(), ex);
			readAgain(0, pause, acknowledgment);
		}
	}

	private Progress deliver(List<ConsumerRecord<byte[], @Nullable EncodedRecord>> records) {
		List<Received> readable = Received.readable(records);
		return Objects.requireNonNull(this.deliverBatch.apply(this.requestRecords.toBatch(readable))
			.map((report) -> Progress.of(readable, records.size(), report))
			.delayUntil((progress) -> giveUpUseless(readable.subList(0, progress.settled())))
			.block(this.batchTimeout));
	}

	/** Only now: what is read again must not be a dead letter again. */
	private Mono<Void> giveUpUseless(List<Received> settled) {
		List<UselessRequest> useless = this.requestRecords.useless(settled);
		return useless.isEmpty() ? Mono.empty() : this.giveUp.apply(useless);
	}

	private void settle(int size, Progress progress, String consumer, Acknowledgment acknowledgment) {
		progress.hindrance().ifPresentOrElse((hindrance) -> {
			Duration pause = progress.pause(this.lane, consumer, hindrance);
			log.warn("{}: {} of {} records wait {}: {}", this.lane.name(), size - progress.settled(), size, pause,
					hindrance.reasonCode());
			readAgain(progress.settled(), pause, acknowledgment);
		}, () -> {
			this.lane.moves(consumer);
			acknowledgment.acknowledge();
		});
	}

	private void readAgain(int from, Duration pause, Acknowledgment acknowledgment) {
		if (!pause.isZero()) {
			this.pause.apply(pause).block();
		}
		acknowledgment.nack(from, Duration.ZERO);
	}

}
