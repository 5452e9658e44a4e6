package com.banqup.invitations.api.paging;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;

/**
 * Where the next page starts: after this id, in a list ordered by time-ordered ids,
 * newest first. What is added meanwhile comes before it and shifts nothing.
 *
 * @param after the last id of the page before
 */
public record Cursor(UUID after) {

	private static final byte VERSION = 1;

	private static final int LENGTH = 1 + 2 * Long.BYTES;

	/** The cursor as callers see it: opaque to them. */
	public String encode() {
		byte[] bytes = ByteBuffer.allocate(LENGTH)
			.put(VERSION)
			.putLong(this.after.getMostSignificantBits())
			.putLong(this.after.getLeastSignificantBits())
			.array();
		return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
	}

	/**
	 * The cursor that {@link #encode()} gave out.
	 * @throws IllegalArgumentException if it is none of ours
	 */
	public static Cursor decode(String text) {
		byte[] bytes = Base64.getUrlDecoder().decode(text);
		if (bytes.length != LENGTH || bytes[0] != VERSION) {
			throw new IllegalArgumentException("not a cursor of this API");
		}
		ByteBuffer buffer = ByteBuffer.wrap(bytes, 1, LENGTH - 1);
		return new Cursor(new UUID(buffer.getLong(), buffer.getLong()));
	}

}
