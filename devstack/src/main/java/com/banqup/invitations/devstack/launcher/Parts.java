package com.banqup.invitations.devstack.launcher;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The parts of a system by name, in the order in which users see them: all of them are to
 * come at first, and each is replaced as the start goes on. Many threads may use it.
 */
final class Parts {

	private final Map<String, ManagedPart> byName = new LinkedHashMap<>();

	private boolean starting = true;

	/** Parts that are all to come. */
	Parts(List<String> names) {
		names.forEach((name) -> put(new PartToCome(name, PartState.WAITING_TO_START)));
	}

	/** Puts the part in the place of the one with its name. */
	synchronized void put(ManagedPart part) {
		this.byName.put(part.name(), part);
	}

	/** Tells that every part came up, but for those somebody stopped meanwhile. */
	synchronized void endStart() {
		this.starting = false;
	}

	/** Whether the system's start is under way. */
	synchronized boolean areStarting() {
		return this.starting;
	}

	/**
	 * The part with this name.
	 * @throws LaunchException that tells which names there are
	 */
	synchronized ManagedPart require(String name) {
		ManagedPart part = this.byName.get(name);
		if (part == null) {
			throw new LaunchException(
					"unknown part: %s (expected one of: %s)".formatted(name, String.join(", ", this.byName.keySet())));
		}
		return part;
	}

	synchronized List<ManagedPart> all() {
		return List.copyOf(this.byName.values());
	}

}
