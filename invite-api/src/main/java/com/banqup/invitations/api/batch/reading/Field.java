package com.banqup.invitations.api.batch.reading;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/** What a row can say. */
enum Field {

	ROW_REF("rowRef"),

	EXTERNAL_REFERENCE("externalReference"),

	NAME("name"),

	EMAIL("email"),

	LANGUAGE("language"),

	VAT_NUMBER("vatNumber"),

	COUNTRY("country"),

	MESSAGE("message");

	/** The names of all, for people. */
	static final String NAMES = Arrays.stream(values()).map(Field::toString).collect(Collectors.joining(", "));

	private static final Map<String, Field> BY_NAME = Arrays.stream(values())
		.collect(Collectors.toUnmodifiableMap(Field::toString, Function.identity()));

	private static final Map<String, Field> BY_COLUMN = Arrays.stream(values())
		.collect(Collectors.toUnmodifiableMap((field) -> column(field.name), Function.identity()));

	private final String name;

	Field(String name) {
		this.name = name;
	}

	/** The field of this name, null if there is none. */
	static @Nullable Field ofName(String name) {
		return BY_NAME.get(name);
	}

	/**
	 * The field in the column with this heading, whatever its case, with spaces,
	 * underscores and hyphens or without; null if there is none.
	 */
	static @Nullable Field ofColumn(String heading) {
		return BY_COLUMN.get(column(heading));
	}

	private static String column(String heading) {
		return heading.replaceAll("[\\s\\p{Z}_-]", "").toLowerCase(Locale.ROOT);
	}

	@Override
	public String toString() {
		return this.name;
	}

}
