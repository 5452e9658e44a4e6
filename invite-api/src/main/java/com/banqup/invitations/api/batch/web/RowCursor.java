package com.banqup.invitations.api.batch.web;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Where the next page of rows starts: after this row. Opaque to callers. */
final class RowCursor {

	private static final String PREFIX = "row:";

	private RowCursor() {
	}

	static String encode(int row) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString((PREFIX + row).getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * The row that {@link #encode} gave out.
	 * @throws IllegalArgumentException if it is none of ours
	 */
	static int decode(String text) {
		String cursor = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
		if (!cursor.startsWith(PREFIX)) {
			throw new IllegalArgumentException("not a cursor of rows");
		}
		return Integer.parseUnsignedInt(cursor, PREFIX.length(), cursor.length(), 10);
	}

}
