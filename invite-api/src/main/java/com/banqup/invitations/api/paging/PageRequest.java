package com.banqup.invitations.api.paging;

import org.jspecify.annotations.Nullable;

/**
 * Which page of a list.
 *
 * @param cursor where it starts, null for the first one
 * @param limit how many items at most
 */
public record PageRequest(@Nullable Cursor cursor, int limit) {

	/** The most items a page can have. */
	public static final int MAX_LIMIT = 200;

	/** The items of a page when the caller names no limit. */
	public static final int DEFAULT_LIMIT = 50;

	public PageRequest {
		if (limit < 1 || limit > MAX_LIMIT) {
			throw new IllegalArgumentException("limit: " + limit + " (expected: 1.." + MAX_LIMIT + ")");
		}
	}

}
