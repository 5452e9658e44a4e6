package com.banqup.invitations.outbox;

import java.util.Objects;

import org.apache.avro.specific.SpecificRecord;

/**
 * A record that is to be published.
 *
 * @param topic the topic, see {@code Topics}
 * @param key the record's key; records with the same topic and key are published in the
 * order in which their transactions committed, provided that these lock the same row
 * before they append
 * @param value the record; its schema must be one of {@code TrustedRecords.schemas()}
 */
public record OutboxMessage(String topic, String key, SpecificRecord value) {

	public OutboxMessage {
		Objects.requireNonNull(topic, "topic");
		Objects.requireNonNull(key, "key");
		Objects.requireNonNull(value, "value");
		if (topic.isBlank()) {
			throw new IllegalArgumentException("topic: blank (expected: the name of a topic)");
		}
	}

}
