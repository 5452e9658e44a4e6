package com.banqup.invitations.devstack.host;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/** Ports on 127.0.0.1. */
public final class Ports {

	/**
	 * Linux gives outgoing connections ports from 32768 on, other systems higher ones.
	 */
	private static final int LOWEST = 10_000;

	private static final int HIGHEST = 32_000;

	/** A server that was stopped may take a moment to let go of its port. */
	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private static int next = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);

	private Ports() {
	}

	/**
	 * Consecutive ports that nobody listens on now, none of them given out before. No
	 * outgoing connection takes them while their server is stopped.
	 */
	public static synchronized int[] free(int count) {
		for (int tried = LOWEST; tried < HIGHEST; tried += count) {
			int first = (next + count <= HIGHEST) ? next : LOWEST;
			next = first + count;
			int[] ports = IntStream.range(first, next).toArray();
			if (IntStream.of(ports).allMatch(Ports::isFree)) {
				return ports;
			}
		}
		throw new IllegalStateException("no %d free ports in a row on 127.0.0.1".formatted(count));
	}

	/** Whether a server could listen on it now. */
	public static boolean isFree(int port) {
		try {
			bind(port);
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * Fails with the port's number and purpose if somebody goes on listening on it.
	 * @throws PortTakenException if it is taken
	 */
	public static void requireFree(int port, String purpose) {
		try {
			Waiting.until("port " + port, PATIENCE, () -> {
				bind(port);
				return Optional.of(port);
			});
		}
		catch (IllegalStateException ex) {
			throw new PortTakenException(port, purpose, ex);
		}
	}

	private static void bind(int port) throws IOException {
		try (ServerSocket socket = new ServerSocket()) {
			socket.setReuseAddress(true);
			socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
		}
	}

}
