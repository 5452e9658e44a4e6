package com.banqup.invitations.devstack.launcher;

import java.net.URI;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.banqup.invitations.devstack.host.Ports;

/** Where everything listens; all on 127.0.0.1. */
final class PortPlan {

	static final String HOST = "127.0.0.1";

	static final int LOWEST_BASE = 1024;

	static final int HIGHEST_BASE = 65536 - Port.values().length;

	private final Map<Port, Integer> ports;

	private PortPlan(Function<Port, Integer> number) {
		this.ports = new EnumMap<>(Arrays.stream(Port.values()).collect(Collectors.toMap(Function.identity(), number)));
	}

	/** The ports that the documentation names. */
	static PortPlan standard() {
		return new PortPlan(Port::standard);
	}

	/** Consecutive ports from this one on. */
	static PortPlan from(int base) {
		return new PortPlan((port) -> base + port.ordinal());
	}

	int of(Port port) {
		return this.ports.getOrDefault(port, port.standard());
	}

	URI http(Port port) {
		return URI.create("http://" + address(port));
	}

	String address(Port port) {
		return HOST + ":" + of(port);
	}

	/**
	 * Fails when somebody listens on one of them already.
	 * @throws LaunchException that names every taken port and what it is wanted for
	 */
	void requireFree() {
		List<String> taken = Arrays.stream(Port.values())
			.filter((port) -> !Ports.isFree(of(port)))
			.map((port) -> "%d (%s)".formatted(of(port), port.title()))
			.toList();
		if (!taken.isEmpty()) {
			throw new LaunchException(
					"taken on %s: port %s. Stop what listens there, or move every port with --port-base N"
						.formatted(HOST, String.join(", port ", taken)));
		}
	}

}
