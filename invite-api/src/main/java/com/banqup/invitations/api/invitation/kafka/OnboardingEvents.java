package com.banqup.invitations.api.invitation.kafka;

import java.util.List;

import com.banqup.invitations.api.invitation.OnboardingFact;
import com.banqup.invitations.schemas.EncodedRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What a batch of records says.
 *
 * @param facts the facts, in their order
 * @param unusable records that will never become facts, to be kept as dead letters
 * @param waiting the record that cannot be read yet, with why; what comes after it was
 * not looked at. Null if all were
 */
record OnboardingEvents(List<ReadFact> facts, List<Unusable> unusable, @Nullable Waiting waiting) {

	OnboardingEvents {
		facts = List.copyOf(facts);
		unusable = List.copyOf(unusable);
	}

	/**
	 * A fact.
	 *
	 * @param record the record it was read from
	 * @param fact the fact
	 */
	record ReadFact(ConsumerRecord<String, @Nullable EncodedRecord> record, OnboardingFact fact) {
	}

	/**
	 * A record that cannot be used.
	 *
	 * @param record the record
	 * @param error why not
	 */
	record Unusable(ConsumerRecord<String, @Nullable EncodedRecord> record, Throwable error) {
	}

	/**
	 * A record that cannot be read yet.
	 *
	 * @param record the record
	 * @param error why not
	 */
	record Waiting(ConsumerRecord<String, @Nullable EncodedRecord> record, Exception error) {
	}

}
