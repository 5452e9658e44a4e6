package com.banqup.invitations.devstack.launcher;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parts of the running system by name, in the order in which users see them. */
final class Parts {

	private final Map<String, ManagedPart> byName = new LinkedHashMap<>();

	Parts(List<? extends ManagedPart> parts) {
		parts.forEach((part) -> this.byName.put(part.name(), part));
	}

	/**
	 * The part with this name.
	 * @throws LaunchException that tells which names there are
	 */
	ManagedPart require(String name) {
		ManagedPart part = this.byName.get(name);
		if (part == null) {
			throw new LaunchException(
					"unknown part: %s (expected one of: %s)".formatted(name, String.join(", ", this.byName.keySet())));
		}
		return part;
	}

	Collection<ManagedPart> all() {
		return this.byName.values();
	}

}
