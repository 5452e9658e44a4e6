package com.banqup.invitations.api.invitation.kafka;

import java.util.ArrayList;
import java.util.List;

import com.banqup.invitations.api.invitation.OnboardingFact;
import com.banqup.invitations.api.invitation.RecordOnboardingFacts;
import com.banqup.invitations.schemas.Topics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.stereotype.Component;

/**
 * Hands batches of onboarding events to {@link RecordOnboardingFacts} and waits on the
 * consumer's own thread.
 */
@Component
class OnboardingEventsListener {

	private final RecordOnboardingFacts recordOnboardingFacts;

	private final OnboardingEventReader reader;

	private final OnboardingEventsProperties properties;

	OnboardingEventsListener(RecordOnboardingFacts recordOnboardingFacts, OnboardingEventReader reader,
			OnboardingEventsProperties properties) {
		this.recordOnboardingFacts = recordOnboardingFacts;
		this.reader = reader;
		this.properties = properties;
	}

	@KafkaListener(id = "onboarding-events", idIsGroup = false, topics = Topics.ONBOARDING_EVENTS,
			concurrency = "${invite.onboarding-events.concurrency:2}")
	void onBatch(List<ConsumerRecord<String, @Nullable Object>> records) {
		List<OnboardingFact> facts = new ArrayList<>(records.size());
		for (ConsumerRecord<String, @Nullable Object> record : records) {
			try {
				this.reader.read(record).ifPresent(facts::add);
			}
			catch (RegistryUnavailable ex) {
				// Those before it are done; it is fetched and decoded again after a
				// pause.
				record(facts);
				throw new BatchListenerFailedException("Schema registry unavailable", ex, record);
			}
		}
		record(facts);
	}

	private void record(List<OnboardingFact> facts) {
		this.recordOnboardingFacts.record(facts).block(this.properties.batchTimeout());
	}

}
