package com.banqup.invitations.devstack.demo;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Chooses the clients that accept, so that every country has its turn. */
final class Acceptors {

	private Acceptors() {
	}

	/** As many of the clients, country after country; all of them if they are fewer. */
	static List<SampleClient> choose(List<SampleClient> clients, int count) {
		Map<String, Deque<SampleClient>> byCountry = new TreeMap<>();
		clients
			.forEach((client) -> byCountry.computeIfAbsent(client.country(), (key) -> new ArrayDeque<>()).add(client));
		List<SampleClient> chosen = new ArrayList<>();
		while (chosen.size() < Math.min(count, clients.size())) {
			byCountry.values()
				.stream()
				.filter((waiting) -> !waiting.isEmpty())
				.limit(count - chosen.size())
				.forEach((waiting) -> chosen.add(waiting.remove()));
		}
		return chosen;
	}

}
