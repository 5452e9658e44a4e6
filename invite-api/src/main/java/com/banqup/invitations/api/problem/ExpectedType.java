package com.banqup.invitations.api.problem;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Says in words what a field or parameter has to be. */
public final class ExpectedType {

	private ExpectedType() {
	}

	/** What values of this type look like. */
	public static String of(Class<?> type) {
		if (type.isEnum()) {
			return "one of "
					+ Arrays.stream(type.getEnumConstants()).map(String::valueOf).collect(Collectors.joining(", "));
		}
		return switch (type.getSimpleName()) {
			case "String" -> "a string";
			case "UUID" -> "a UUID";
			case "boolean", "Boolean" -> "true or false";
			case "int", "Integer", "long", "Long" -> "a whole number";
			case "List", "Set", "ArrayList", "Collection" -> "an array";
			case "Instant" -> "a time such as 2026-01-31T12:00:00Z";
			default -> "an object";
		};
	}

}
