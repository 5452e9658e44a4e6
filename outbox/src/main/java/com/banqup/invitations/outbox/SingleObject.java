package com.banqup.invitations.outbox;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongFunction;

import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Avro's single-object encoding as the relay reads it: two bytes of marker, the
 * fingerprint of the writer's schema, the record. A record is decoded with the schema
 * that it was written with, and into no class, so that a relay publishes what other
 * releases wrote exactly as they wrote it.
 */
final class SingleObject {

	private static final short MARKER = (short) 0xC301;

	private static final int HEADER = 10;

	private SingleObject() {
	}

	/** The fingerprints that occur in the rows. */
	static Set<Long> fingerprints(List<OutboxRow> rows) {
		Set<Long> fingerprints = new HashSet<>();
		for (OutboxRow row : rows) {
			if (isSingleObject(row.payload())) {
				fingerprints.add(fingerprintIn(row.payload()));
			}
		}
		return fingerprints;
	}

	/** The record, decoded with the schema that its fingerprint stands for. */
	static Object decode(byte[] payload, LongFunction<@Nullable Schema> schemas) throws RowRejected {
		if (!isSingleObject(payload)) {
			throw new RowRejected("not in Avro's single-object encoding");
		}
		long fingerprint = fingerprintIn(payload);
		Schema schema = schemas.apply(fingerprint);
		if (schema == null) {
			throw new RowRejected("unknown schema, fingerprint " + Long.toHexString(fingerprint));
		}
		try {
			BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(payload, HEADER, payload.length - HEADER, null);
			Object datum = new GenericDatumReader<>(schema, schema, GenericData.get()).read(null, decoder);
			if (!decoder.isEnd()) {
				throw new RowRejected("bytes are left after the " + schema.getFullName());
			}
			return datum;
		}
		catch (IOException | RuntimeException ex) {
			throw new RowRejected("cannot be decoded as " + schema.getFullName(), ex);
		}
	}

	private static boolean isSingleObject(byte[] payload) {
		return payload.length >= HEADER && ByteBuffer.wrap(payload).getShort() == MARKER;
	}

	private static long fingerprintIn(byte[] payload) {
		return ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN).getLong(2);
	}

}
