package com.banqup.invitations.api.batch.reading;

import org.jspecify.annotations.Nullable;

/** The fields of a row as they were sent. */
final class RowFields {

	private static final int COUNT = Field.values().length;

	private final @Nullable String[] texts = new String[COUNT];

	private int set;

	/** Sets the field; null says that there is nothing. False if it is set already. */
	boolean set(Field field, @Nullable String text) {
		int bit = 1 << field.ordinal();
		boolean first = (this.set & bit) == 0;
		this.set |= bit;
		this.texts[field.ordinal()] = text;
		return first;
	}

	/** What the field says, null for nothing. */
	@Nullable String get(Field field) {
		return this.texts[field.ordinal()];
	}

	/** Whether no field says anything. */
	boolean isEmpty() {
		for (String text : this.texts) {
			if (text != null) {
				return false;
			}
		}
		return true;
	}

}
