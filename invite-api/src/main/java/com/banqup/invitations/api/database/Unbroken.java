package com.banqup.invitations.api.database;

import reactor.core.publisher.Mono;

/**
 * Work that comes to its end although nobody waits for it any longer. A transaction that
 * is cancelled while its statements are written leaves the driver's buffers behind, which
 * are never given back (r2dbc-postgresql 1.1.1), and callers can go away whenever they
 * like.
 */
public final class Unbroken {

	private Unbroken() {
	}

	/**
	 * The work, which is not cancelled once it has been subscribed to. What it fails with
	 * after its subscriber went away, nobody learns.
	 */
	public static <T> Mono<T> mono(Mono<T> work) {
		return Mono.deferContextual((context) -> work.contextWrite(context).cache());
	}

}
