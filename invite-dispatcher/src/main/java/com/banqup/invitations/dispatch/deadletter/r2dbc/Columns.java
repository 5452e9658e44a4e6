package com.banqup.invitations.dispatch.deadletter.r2dbc;

import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;

import org.jspecify.annotations.Nullable;

/** Rows as columns: one array a column, for unnest. */
public final class Columns<R> {

	private final List<R> rows;

	public Columns(Collection<R> rows) {
		this.rows = List.copyOf(rows);
	}

	/** One value of each row. */
	public <T extends @Nullable Object> T[] column(Function<R, T> value, IntFunction<T[]> array) {
		return this.rows.stream().map(value).toArray(array);
	}

	/** Bytes as Base64: the driver has no arrays of bytea. */
	public @Nullable String[] bytes(Function<R, byte @Nullable []> value) {
		return this.rows.stream().map(value).map(Columns::base64).toArray(String[]::new);
	}

	private static @Nullable String base64(byte @Nullable [] bytes) {
		return (bytes != null) ? Base64.getEncoder().encodeToString(bytes) : null;
	}

}
