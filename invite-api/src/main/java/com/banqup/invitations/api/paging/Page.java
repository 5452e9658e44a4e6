package com.banqup.invitations.api.paging;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param <T> what is listed
 * @param items the page's items, newest first
 * @param next where the next page starts, null after the last one
 */
public record Page<T>(List<T> items, @Nullable Cursor next) {

	/**
	 * The page in rows that were read with one more than the limit, to see whether there
	 * is more.
	 */
	public static <T> Page<T> of(List<T> rows, int limit, Function<T, UUID> id) {
		if (rows.size() <= limit) {
			return new Page<>(List.copyOf(rows), null);
		}
		List<T> items = List.copyOf(rows.subList(0, limit));
		return new Page<>(items, new Cursor(id.apply(items.getLast())));
	}

	/** The page with each item turned into another. */
	public <R> Page<R> map(Function<T, R> mapper) {
		return new Page<>(this.items.stream().map(mapper).toList(), this.next);
	}

}
