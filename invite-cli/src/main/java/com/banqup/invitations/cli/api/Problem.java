package com.banqup.invitations.cli.api;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Why the server refused (RFC 9457), also where the answer holds nothing of the kind.
 *
 * @param name the last part of the type's URI, which is stable; empty if there is none
 * @param errors a line for each field or row that the server names
 */
public record Problem(int status, String name, String title, String detail, List<String> errors) {

	private static final Set<String> TOLD = Set.of("type", "title", "status", "detail", "instance", "errors");

	private static final int LONGEST_TEXT = 300;

	/** What an answer says. */
	static Problem of(int status, byte[] body, JsonMapper json) {
		try {
			JsonNode problem = json.readTree(body);
			if (problem.isObject() && problem.path("title").isString()) {
				return new Problem(status, name(problem.path("type").asString("")), problem.path("title").asString(),
						problem.path("detail").asString(""), errors(problem));
			}
		}
		catch (JacksonException ex) {
			// A proxy's page, for instance: shown as it is.
		}
		String text = new String(body, StandardCharsets.UTF_8).strip().replaceAll("\\s+", " ");
		return new Problem(status, "", "The server answered " + status,
				text.substring(0, Math.min(LONGEST_TEXT, text.length())), List.of());
	}

	private static String name(String type) {
		return type.substring(type.lastIndexOf('/') + 1);
	}

	/**
	 * Errors by field, then what else the problem says in short: the row it happened at,
	 * limits.
	 */
	private static List<String> errors(JsonNode problem) {
		List<String> errors = new ArrayList<>();
		for (JsonNode error : problem.path("errors").values()) {
			String place = place(error);
			errors.add((place.isEmpty() ? "" : place + ": ") + error.path("message").asString(error.toString()));
		}
		problem.properties().forEach((property) -> {
			if (!TOLD.contains(property.getKey()) && property.getValue().isValueNode()
					&& !property.getValue().isNull()) {
				errors.add(property.getKey() + ": " + property.getValue().asString());
			}
		});
		return errors;
	}

	private static String place(JsonNode error) {
		List<String> parts = new ArrayList<>();
		for (String part : List.of("row", "line", "rowRef", "field")) {
			JsonNode value = error.path(part);
			if (value.isValueNode() && !value.isNull()) {
				parts.add(part.equals("field") ? value.asString() : part + " " + value.asString());
			}
		}
		return String.join(", ", parts);
	}

	/** Whether the same request may succeed later. */
	boolean isTemporary() {
		return this.status == 408 || this.status == 425 || this.status == 429 || this.status >= 500
				|| this.name.equals("request-in-progress");
	}

	/** Title, detail and type in a line. */
	public String summary() {
		return String.format(Locale.ROOT, "%s%s (%d%s)", this.title, this.detail.isEmpty() ? "" : ": " + this.detail,
				this.status, this.name.isEmpty() ? "" : ", " + this.name);
	}

}
