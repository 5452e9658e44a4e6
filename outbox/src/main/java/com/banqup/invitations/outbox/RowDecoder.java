package com.banqup.invitations.outbox;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;

import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Decodes rows, which are in Avro's single-object encoding: two bytes of marker, the
 * fingerprint of the writer's schema, the record. A record is decoded with the schema
 * that it was written with, and into no class, so that a relay publishes what other
 * releases wrote exactly as they wrote it. For one thread.
 */
final class RowDecoder {

	private static final String MARKER = "c301";

	private static final int HEADER = 10;

	private final LongFunction<@Nullable Schema> schemas;

	private final Map<Long, DatumReader<Object>> readers = new HashMap<>();

	private @Nullable BinaryDecoder decoder;

	RowDecoder(LongFunction<@Nullable Schema> schemas) {
		this.schemas = schemas;
	}

	/** The fingerprints of schemas that occur in the rows. */
	static Set<Long> fingerprints(List<OutboxRow> rows) {
		Set<Long> fingerprints = new HashSet<>();
		for (OutboxRow row : rows) {
			if (isSingleObject(row)) {
				fingerprints.add(fingerprint(row));
			}
		}
		return fingerprints;
	}

	Object decode(OutboxRow row) throws RowRejected {
		if (!isSingleObject(row)) {
			throw new RowRejected("not in Avro's single-object encoding");
		}
		DatumReader<Object> reader = reader(fingerprint(row));
		try {
			byte[] payload = HexFormat.of().parseHex(row.payload());
			BinaryDecoder record = DecoderFactory.get()
				.binaryDecoder(payload, HEADER, payload.length - HEADER, this.decoder);
			this.decoder = record;
			Object datum = reader.read(null, record);
			if (!record.isEnd()) {
				throw new RowRejected("bytes are left after the record");
			}
			return datum;
		}
		catch (IOException | RuntimeException ex) {
			throw new RowRejected("cannot be decoded", ex);
		}
	}

	private DatumReader<Object> reader(long fingerprint) throws RowRejected {
		DatumReader<Object> reader = this.readers.get(fingerprint);
		if (reader == null) {
			Schema schema = this.schemas.apply(fingerprint);
			if (schema == null) {
				throw new RowRejected("unknown schema, fingerprint " + Long.toHexString(fingerprint));
			}
			reader = new GenericDatumReader<>(schema, schema, GenericData.get());
			this.readers.put(fingerprint, reader);
		}
		return reader;
	}

	private static boolean isSingleObject(OutboxRow row) {
		return row.payload().length() >= 2 * HEADER && row.payload().startsWith(MARKER);
	}

	/** Stands there with its least significant byte first. */
	private static long fingerprint(OutboxRow row) {
		return Long.reverseBytes(HexFormat.fromHexDigitsToLong(row.payload(), MARKER.length(), 2 * HEADER));
	}

}
