package com.banqup.invitations.acceptance.invitation.kafka;

import java.time.Clock;
import java.util.List;

import com.banqup.invitations.acceptance.invitation.LearnInvitations;
import com.banqup.invitations.acceptance.invitation.UnusableRequest;
import com.banqup.invitations.acceptance.invitation.UnusableRequests;
import com.banqup.invitations.schemas.EncodedRecord;
import com.banqup.invitations.schemas.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.stereotype.Component;

/**
 * Takes requests in batches, singles and bulks by consumers of their own so that a bulk
 * delays nobody. Offsets are committed after the batch is in the database, with what of
 * it nothing could be learned from; a batch that fails is tried again until it succeeds.
 */
@Component
class InvitationRequestsListener {

	private static final Logger log = LoggerFactory.getLogger(InvitationRequestsListener.class);

	private final LearnInvitations learnInvitations;

	private final UnusableRequests unusableRequests;

	private final RequestsProperties properties;

	private final MeterRegistry meters;

	private final Clock clock;

	InvitationRequestsListener(LearnInvitations learnInvitations, UnusableRequests unusableRequests,
			RequestsProperties properties, MeterRegistry meters, Clock clock) {
		this.learnInvitations = learnInvitations;
		this.unusableRequests = unusableRequests;
		this.properties = properties;
		this.meters = meters;
		this.clock = clock;
	}

	@KafkaListener(id = "invitation-requests", idIsGroup = false, topics = Topics.INVITATION_REQUESTS)
	@KafkaListener(id = "invitation-requests-bulk", groupId = "${spring.kafka.consumer.group-id}-bulk",
			topics = Topics.INVITATION_REQUESTS_BULK)
	void learn(List<ConsumerRecord<String, @Nullable EncodedRecord>> records) {
		RequestsBatch batch = RequestsBatch.of(records);
		LearnInvitations.Learned learned = this.unusableRequests.keep(batch.unusable(), this.clock.instant())
			.then(this.learnInvitations.learn(batch.requested(), batch.revoked()))
			.blockOptional(this.properties.batchTimeout())
			.orElseThrow();
		report(batch, learned);
		if (batch.waiting() != null) {
			throw new BatchListenerFailedException("Schema registry unavailable", batch.waiting().reason(),
					batch.waiting().consumed());
		}
	}

	/** Once: a batch that is tried again has not come here. */
	private void report(RequestsBatch batch, LearnInvitations.Learned learned) {
		count("learned", learned.learned());
		count("revoked", learned.revoked());
		count("of-no-interest", batch.ofNoInterest());
		for (UnusableRequest request : batch.unusable()) {
			count(request.reason(), 1);
			log.error("Kept for people to look at: {}", request);
		}
	}

	private void count(String outcome, long number) {
		this.meters.counter("acceptance.requests", "outcome", outcome).increment(number);
	}

}
