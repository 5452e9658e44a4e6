package com.banqup.invitations.api.batch;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.banqup.invitations.api.client.ClientId;
import com.banqup.invitations.api.client.ClientProbe;

/** Which clients rows have named so far. */
final class SeenClients {

	private final Map<ClientKey, Integer> before;

	private final Map<ClientKey, Integer> added = new LinkedHashMap<>();

	/** Starts with those that rows before these have named. */
	SeenClients(Map<ClientKey, Integer> before) {
		this.before = new HashMap<>(before);
	}

	/** By which keys a row that names this client can have been there before. */
	static List<ClientKey> keysOf(ClientId id) {
		return List.of(ClientKey.of(id));
	}

	/** By which keys a row that names this new client can have been there before. */
	static List<ClientKey> keysOf(ClientProbe probe) {
		return (probe.externalReference() != null)
				? List.of(ClientKey.ofReference(probe.externalReference()), ClientKey.ofAddress(probe))
				: List.of(ClientKey.ofAddress(probe), ClientKey.ofReferredAddress(probe));
	}

	/** The earlier row that named it, empty if none did: then this one has now. */
	Optional<Integer> note(int row, ClientId id) {
		return earlier(keysOf(id)).or(() -> note(row, ClientKey.of(id)));
	}

	/** The earlier row that named it, empty if none did: then this one has now. */
	Optional<Integer> note(int row, ClientProbe probe) {
		return earlier(keysOf(probe)).or(() -> {
			if (probe.externalReference() == null) {
				return note(row, ClientKey.ofAddress(probe));
			}
			note(row, ClientKey.ofReferredAddress(probe));
			return note(row, ClientKey.ofReference(probe.externalReference()));
		});
	}

	/** What the rows since the start have named. */
	Map<ClientKey, Integer> added() {
		return Map.copyOf(this.added);
	}

	private Optional<Integer> earlier(List<ClientKey> keys) {
		return keys.stream().filter(this.before::containsKey).map(this.before::get).findFirst();
	}

	private Optional<Integer> note(int row, ClientKey key) {
		if (this.before.putIfAbsent(key, row) == null) {
			this.added.put(key, row);
		}
		return Optional.empty();
	}

}
