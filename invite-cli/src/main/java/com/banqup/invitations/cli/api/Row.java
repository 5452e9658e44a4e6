package com.banqup.invitations.cli.api;

import tools.jackson.databind.JsonNode;

/**
 * What became of a row.
 *
 * @param line its line in the file; 0 if it came from no file
 * @param rowRef what the file calls it; empty if it has no name
 * @param detail a sentence
 */
public record Row(long line, String rowRef, String state, String reason, String detail, String delivery,
		String deliveryReason) {

	static Row of(JsonNode row) {
		return new Row(row.path("line").asLong(0), text(row, "rowRef"), text(row, "state"), text(row, "reason"),
				text(row, "detail"), text(row, "delivery"), text(row, "deliveryReason"));
	}

	private static String text(JsonNode row, String field) {
		return row.path(field).asString("");
	}

}
