package com.banqup.invitations.schemas;

import java.util.Map;
import java.util.Objects;

import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/**
 * Hands the values of records over undecoded; asks nobody and fails at nothing. Made by
 * Kafka, one for each consumer. Needs {@code schema.registry.url} and takes all settings
 * of the registry's client. Unless they say otherwise, the client waits for 3 seconds to
 * connect and 5 for an answer, and does not try again by itself: whoever asks a record
 * for what it says decides when to ask again.
 */
public final class EncodedRecordDeserializer implements Deserializer<EncodedRecord> {

	private @Nullable RegisteredSchemas schemas;

	@Override
	public void configure(Map<String, ?> configs, boolean isKey) {
		TrustedRecords.trust();
		this.schemas = RegisteredSchemas.of(configs);
	}

	/** Null for a record without a value. */
	@Override
	public @Nullable EncodedRecord deserialize(String topic, byte @Nullable [] data) {
		return (data != null) ? new EncodedRecord(Objects.requireNonNull(this.schemas, "not configured"), topic, data)
				: null;
	}

	@Override
	public void close() {
		if (this.schemas != null) {
			this.schemas.close();
		}
	}

}
