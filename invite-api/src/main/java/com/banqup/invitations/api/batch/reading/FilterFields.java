package com.banqup.invitations.api.batch.reading;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.UUID;

import com.banqup.invitations.api.client.ClientFilter;
import com.banqup.invitations.api.client.ClientSelection;
import com.banqup.invitations.api.client.ClientStatus;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The fields of a filter, as they come. */
final class FilterFields {

	private static final String NAMES = "tab, neverInvited, createdBefore, templateId, search";

	/** The only way to write one; Java's own reading is more generous. */
	private static final int UUID_LENGTH = 36;

	/** The years of four digits: Java has more of them than PostgreSQL. */
	private static final Instant FIRST_TIME = Instant.parse("0001-01-01T00:00:00Z");

	private static final Instant END_OF_TIME = Instant.parse("+10000-01-01T00:00:00Z");

	private final String path;

	private @Nullable ClientStatus status;

	private boolean neverInvited;

	private @Nullable Instant createdBefore;

	private @Nullable UUID templateId;

	private @Nullable String search;

	FilterFields(String path) {
		this.path = path;
	}

	/** Sets the field to the value that the parser is at; null is the same as absent. */
	void set(String name, JsonToken token, JsonParser json) {
		String field = this.path + "." + name;
		switch (name) {
			case "tab" -> this.status = tab(text(field, token, json), field);
			case "neverInvited" -> this.neverInvited = flag(field, token);
			case "createdBefore" -> this.createdBefore = time(text(field, token, json), field);
			case "templateId" -> {
				String text = text(field, token, json);
				this.templateId = (text != null) ? uuid(text, field) : null;
			}
			case "search" -> this.search = search(text(field, token, json), field);
			default -> throw InvalidSelection.unknown(field, NAMES);
		}
	}

	/** What the fields describe. */
	ClientSelection selection() {
		if (this.status == null && !this.neverInvited && this.createdBefore == null && this.templateId == null
				&& this.search == null) {
			throw InvalidSelection.of(this.path, "empty (expected: one or more of " + NAMES + ")");
		}
		return new ClientSelection(this.status, this.neverInvited, this.createdBefore, this.templateId, this.search);
	}

	private static @Nullable String text(String field, JsonToken token, JsonParser json) {
		return switch (token) {
			case VALUE_NULL -> null;
			case VALUE_STRING -> json.getString();
			default -> throw InvalidSelection.of(field, "of the wrong type (expected: a string)");
		};
	}

	private static boolean flag(String field, JsonToken token) {
		return switch (token) {
			case VALUE_TRUE -> true;
			case VALUE_FALSE, VALUE_NULL -> false;
			default -> throw InvalidSelection.of(field, "of the wrong type (expected: true or false)");
		};
	}

	private static @Nullable ClientStatus tab(@Nullable String text, String field) {
		return (text == null) ? null
				: ClientStatus.ofTab(text).orElseThrow(() -> InvalidSelection.of(field, ClientStatus.TAB_EXPECTED));
	}

	private static @Nullable Instant time(@Nullable String text, String field) {
		if (text == null) {
			return null;
		}
		try {
			Instant time = Instant.parse(text);
			if (!time.isBefore(FIRST_TIME) && time.isBefore(END_OF_TIME)) {
				return time;
			}
		}
		catch (DateTimeParseException ex) {
			// Said below.
		}
		throw InvalidSelection.of(field, "not of the expected form (expected: a time such as 2026-01-31T12:00:00Z)");
	}

	private static @Nullable String search(@Nullable String text, String field) {
		if (text == null || text.isBlank()) {
			return null;
		}
		if (!ClientFilter.isSearchable(text)) {
			throw InvalidSelection.of(field, ClientFilter.SEARCH_EXPECTED);
		}
		return text;
	}

	/** The UUID in this text. */
	static UUID uuid(String text, String field) {
		try {
			if (text.length() == UUID_LENGTH) {
				return UUID.fromString(text);
			}
		}
		catch (IllegalArgumentException ex) {
			// Said below.
		}
		throw InvalidSelection.of(field, "not of the expected form (expected: a UUID)");
	}

}
