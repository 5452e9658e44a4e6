package com.banqup.invitations.dispatch.deadletter.r2dbc;

import java.time.Instant;
import java.util.Objects;

import com.banqup.invitations.dispatch.deadletter.OriginalRecord;
import io.r2dbc.spi.Readable;

/** Reads what rows hold. */
public final class Rows {

	private Rows() {
	}

	/** The value of a column that is never null. */
	public static <T> T required(Readable row, String column, Class<T> type) {
		return Objects.requireNonNull(row.get(column, type), column);
	}

	/** The record that the columns record_... are about. */
	public static OriginalRecord original(Readable row) {
		return new OriginalRecord(required(row, "record_topic", String.class),
				required(row, "record_partition", Integer.class), required(row, "record_offset", Long.class),
				required(row, "record_timestamp", Instant.class), row.get("record_key", byte[].class),
				row.get("record_value", byte[].class),
				OriginalRecord.headersOf(required(row, "record_headers", byte[].class)));
	}

}
