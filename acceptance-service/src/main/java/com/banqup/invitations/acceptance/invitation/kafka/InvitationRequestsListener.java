package com.banqup.invitations.acceptance.invitation.kafka;

import java.util.List;

import com.banqup.invitations.acceptance.invitation.LearnInvitations;
import com.banqup.invitations.schemas.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.stereotype.Component;

/**
 * Takes requests in batches, singles and bulks by consumers of their own so that a bulk
 * delays nobody. Offsets are committed after the batch is in the database; a batch that
 * fails is tried again until it succeeds.
 */
@Component
class InvitationRequestsListener {

	private static final Logger log = LoggerFactory.getLogger(InvitationRequestsListener.class);

	private final LearnInvitations learnInvitations;

	private final RequestsProperties properties;

	private final MeterRegistry meters;

	InvitationRequestsListener(LearnInvitations learnInvitations, RequestsProperties properties, MeterRegistry meters) {
		this.learnInvitations = learnInvitations;
		this.properties = properties;
		this.meters = meters;
	}

	@KafkaListener(id = "invitation-requests", idIsGroup = false, topics = Topics.INVITATION_REQUESTS,
			concurrency = "${acceptance.requests.concurrency:2}")
	@KafkaListener(id = "invitation-requests-bulk", idIsGroup = false, topics = Topics.INVITATION_REQUESTS_BULK,
			concurrency = "${acceptance.requests.concurrency:2}")
	void learn(List<ConsumerRecord<String, Object>> records) {
		RequestsBatch batch = RequestsBatch.of(records);
		batch.passedOver().forEach(this::report);
		LearnInvitations.Learned learned = this.learnInvitations.learn(batch.requested(), batch.revoked())
			.blockOptional(this.properties.batchTimeout())
			.orElseThrow();
		count("learned", learned.learned());
		count("revoked", learned.revoked());
		if (batch.unreadable() != null && batch.unreadable().value() instanceof UnreadableValue value) {
			throw new BatchListenerFailedException("Schema registry unavailable", value.reason(), batch.unreadable());
		}
	}

	private void report(RequestsBatch.PassedOver record) {
		count(record.reason().tag(), 1);
		if (record.reason() != RequestsBatch.Reason.OF_NO_INTEREST) {
			log.error("Passed over {}-{}@{}: {}", record.topic(), record.partition(), record.offset(),
					record.reason().tag());
		}
	}

	private void count(String outcome, long number) {
		this.meters.counter("acceptance.requests", "outcome", outcome).increment(number);
	}

}
