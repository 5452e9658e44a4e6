package com.banqup.invitations.api.database;

import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;

import org.jspecify.annotations.Nullable;

/** Rows as columns: one array a column, for unnest. */
public final class Columns<R> {

	private final List<R> rows;

	public Columns(Collection<? extends R> rows) {
		this.rows = List.copyOf(rows);
	}

	/** One value of each row. */
	public <T extends @Nullable Object> T[] column(Function<R, T> value, IntFunction<T[]> array) {
		return this.rows.stream().map(value).toArray(array);
	}

}
