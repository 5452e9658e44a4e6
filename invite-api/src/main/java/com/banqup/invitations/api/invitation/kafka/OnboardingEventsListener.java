package com.banqup.invitations.api.invitation.kafka;

import java.util.List;

import com.banqup.invitations.schemas.EncodedRecord;
import com.banqup.invitations.schemas.Topics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.stereotype.Component;

/**
 * Hands batches of onboarding events to {@link RecordEvents} and waits on the consumer's
 * own thread.
 */
@Component
class OnboardingEventsListener {

	private final OnboardingEventReader reader;

	private final RecordEvents recordEvents;

	private final OnboardingEventsProperties properties;

	OnboardingEventsListener(OnboardingEventReader reader, RecordEvents recordEvents,
			OnboardingEventsProperties properties) {
		this.reader = reader;
		this.recordEvents = recordEvents;
		this.properties = properties;
	}

	@KafkaListener(id = "onboarding-events", idIsGroup = false, topics = Topics.ONBOARDING_EVENTS)
	void onBatch(List<ConsumerRecord<String, @Nullable EncodedRecord>> records) {
		OnboardingEvents events = this.reader.read(records);
		this.recordEvents.record(events).block(this.properties.batchTimeout());
		if (events.waiting() != null) {
			// Those before it are done; it is fetched again after a pause.
			throw new BatchListenerFailedException("Schema registry unavailable", events.waiting().error(),
					events.waiting().record());
		}
	}

}
