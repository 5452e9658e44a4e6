package com.banqup.invitations.outbox;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.apache.avro.Schema;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Encodes records for the table: Avro's single-object encoding, which needs no registry
 * and names the schema by its fingerprint. Safe for threads.
 */
final class RowEncoder {

	private final Map<Schema, BinaryMessageEncoder<SpecificRecord>> encoders;

	private final long maxPayload;

	RowEncoder(Set<Schema> schemas, long maxPayload) {
		this.encoders = schemas.stream()
			.collect(Collectors.toUnmodifiableMap(Function.identity(), RowEncoder::encoder));
		this.maxPayload = maxPayload;
	}

	private static BinaryMessageEncoder<SpecificRecord> encoder(Schema schema) {
		return new BinaryMessageEncoder<>(SpecificData.getForSchema(schema), schema);
	}

	/**
	 * Writes the record as it stands in a row.
	 * @throws IllegalArgumentException if relays would not know its schema, or it is too
	 * large
	 */
	void encode(OutboxMessage message, ByteArrayOutputStream target) {
		Schema schema = message.value().getSchema();
		BinaryMessageEncoder<SpecificRecord> encoder = this.encoders.get(schema);
		if (encoder == null) {
			throw new IllegalArgumentException(
					"value: " + schema.getFullName() + " (expected: one of TrustedRecords.schemas())");
		}
		int start = target.size();
		try {
			encoder.encode(message.value(), target);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		int size = target.size() - start;
		if (size > this.maxPayload) {
			throw new IllegalArgumentException("value: " + schema.getFullName() + " of " + size
					+ " bytes (expected: at most outbox.max-payload, " + this.maxPayload + ")");
		}
	}

}
