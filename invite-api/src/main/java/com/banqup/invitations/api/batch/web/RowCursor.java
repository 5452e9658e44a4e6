package com.banqup.invitations.api.batch.web;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.banqup.invitations.api.batch.RowPosition;

/** Where the next page of rows starts. Opaque to callers. */
final class RowCursor {

	private static final Pattern FORM = Pattern.compile("row:(\\d{1,9})(?::(\\d{1,9}))?");

	private RowCursor() {
	}

	static String encode(RowPosition position) {
		String text = "row:" + position.row() + ((position.chunk() != 0) ? ":" + position.chunk() : "");
		return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * The place that {@link #encode} was given.
	 * @throws IllegalArgumentException if it is none of ours
	 */
	static RowPosition decode(String text) {
		Matcher cursor = FORM.matcher(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8));
		if (!cursor.matches()) {
			throw new IllegalArgumentException("not a cursor of rows");
		}
		String chunk = cursor.group(2);
		return new RowPosition(Integer.parseInt(cursor.group(1)), (chunk != null) ? Integer.parseInt(chunk) : 0);
	}

}
