package com.banqup.invitations.dispatch.delivery.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import com.banqup.invitations.dispatch.delivery.BatchReport;
import com.banqup.invitations.dispatch.delivery.DeliveryId;
import com.banqup.invitations.dispatch.delivery.Hindrance;
import com.banqup.invitations.dispatch.delivery.Lane;
import com.banqup.invitations.dispatch.delivery.RequestBatch;
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
 * from there on records are read again, after a pause during which the consumer stays in
 * its group. Nothing is ever skipped.
 */
final class InvitationRequestsListener implements BatchAcknowledgingMessageListener<byte[], Received> {

	private static final Logger logger = LoggerFactory.getLogger(InvitationRequestsListener.class);

	private static final Hindrance REGISTRY_UNAVAILABLE = new Hindrance("schema-registry-unavailable");

	private static final Duration HELD_PAUSE = Duration.ofSeconds(2);

	private final Lane lane;

	private final Function<RequestBatch, Mono<BatchReport>> deliverBatch;

	private final RequestRecords requestRecords;

	private final Duration batchTimeout;

	InvitationRequestsListener(Lane lane, Function<RequestBatch, Mono<BatchReport>> deliverBatch,
			RequestRecords requestRecords, Duration batchTimeout) {
		this.lane = lane;
		this.deliverBatch = deliverBatch;
		this.requestRecords = requestRecords;
		this.batchTimeout = batchTimeout;
	}

	@Override
	public void onMessage(List<ConsumerRecord<byte[], Received>> records, @Nullable Acknowledgment acknowledgment) {
		deliver(records, Objects.requireNonNull(acknowledgment, "container's acknowledgment mode"));
	}

	private void deliver(List<ConsumerRecord<byte[], Received>> records, Acknowledgment acknowledgment) {
		String consumer = Thread.currentThread().getName();
		try {
			Progress progress = deliver(records);
			settle(records.size(), progress, consumer, acknowledgment);
		}
		catch (RuntimeException ex) {
			Duration pause = this.lane.waits(consumer, DeliveryFailures.hindrance(ex));
			logger.warn("{}: {} records are tried again in {}: {}", this.lane.name(), records.size(), pause,
					ex.toString());
			logger.debug("{}: why", this.lane.name(), ex);
			acknowledgment.nack(0, pause);
		}
	}

	private Progress deliver(List<ConsumerRecord<byte[], Received>> records) {
		int readable = firstUnreadable(records);
		List<ConsumerRecord<byte[], Received>> understood = records.subList(0, readable);
		BatchReport report = Objects
			.requireNonNull(this.deliverBatch.apply(this.requestRecords.toBatch(understood)).block(this.batchTimeout));
		Optional<Hindrance> unreadable = (readable < records.size()) ? Optional.of(REGISTRY_UNAVAILABLE)
				: Optional.empty();
		return new Progress(firstOpen(understood, report.open()), report.hindrance().or(() -> unreadable));
	}

	private void settle(int size, Progress progress, String consumer, Acknowledgment acknowledgment) {
		if (progress.settled() == size) {
			this.lane.moves(consumer);
			acknowledgment.acknowledge();
		}
		else {
			Hindrance hindrance = progress.hindrance().orElseThrow();
			Duration pause = pause(hindrance, consumer);
			logger.warn("{}: {} of {} records wait {}: {}", this.lane.name(), size - progress.settled(), size, pause,
					hindrance.reasonCode());
			acknowledgment.nack(progress.settled(), pause);
		}
	}

	/**
	 * A slow relay is no reason to wait: the rest is started right away. What somebody
	 * else holds is settled or free again before long.
	 */
	private Duration pause(Hindrance hindrance, String consumer) {
		Duration pause = this.lane.waits(consumer, hindrance);
		if (hindrance.equals(Hindrance.TIME_IS_OVER)) {
			return Duration.ZERO;
		}
		return (hindrance.equals(Hindrance.HELD_ELSEWHERE) && pause.compareTo(HELD_PAUSE) > 0) ? HELD_PAUSE : pause;
	}

	private static int firstUnreadable(List<ConsumerRecord<byte[], Received>> records) {
		for (int i = 0; i < records.size(); i++) {
			if (records.get(i).value() instanceof Received.Unreadable) {
				return i;
			}
		}
		return records.size();
	}

	private static int firstOpen(List<ConsumerRecord<byte[], Received>> records, Set<DeliveryId> open) {
		for (int i = 0; i < records.size(); i++) {
			DeliveryId id = RequestRecords.idOf(records.get(i));
			if (id != null && open.contains(id)) {
				return i;
			}
		}
		return records.size();
	}

	/**
	 * How far a batch got.
	 *
	 * @param settled how many records from its start are settled
	 * @param hindrance why not all of them
	 */
	private record Progress(int settled, Optional<Hindrance> hindrance) {
	}

}
