package com.banqup.invitations.devstack.demo;

import java.util.LinkedHashMap;
import java.util.Map;

import tools.jackson.databind.JsonNode;

/**
 * A Partner Space in numbers.
 *
 * @param clients by tab
 * @param invitations by state
 * @param deliveries by state
 */
record Overview(Map<String, Integer> clients, Map<String, Integer> invitations, Map<String, Integer> deliveries) {

	static Overview of(JsonNode overview) {
		return new Overview(counts(overview.required("clients")), counts(overview.required("invitations")),
				counts(overview.required("deliveries")));
	}

	private static Map<String, Integer> counts(JsonNode node) {
		Map<String, Integer> counts = new LinkedHashMap<>();
		node.properties().forEach((entry) -> counts.put(entry.getKey(), entry.getValue().asInt()));
		return counts;
	}

	int active() {
		return this.clients.getOrDefault("active", 0);
	}

	/** Mails that the relay took. */
	int sent() {
		return this.deliveries.getOrDefault("SENT", 0);
	}

	/** Mails that will still be tried. */
	int underWay() {
		return this.deliveries.getOrDefault("QUEUED", 0) + this.deliveries.getOrDefault("DEFERRED", 0);
	}

}
