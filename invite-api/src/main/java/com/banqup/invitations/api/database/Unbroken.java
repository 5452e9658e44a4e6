package com.banqup.invitations.api.database;

import java.util.concurrent.atomic.AtomicBoolean;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Work that comes to its end although nobody waits for it any longer. A transaction that
 * is cancelled while its statements are written leaves the driver's buffers behind, which
 * are never given back (r2dbc-postgresql 1.1.1), and callers can go away whenever they
 * like.
 */
public final class Unbroken {

	private static final Logger log = LoggerFactory.getLogger(Unbroken.class);

	private Unbroken() {
	}

	/**
	 * The work, which is not cancelled once it has been subscribed to. What it fails with
	 * after its subscriber went away is logged.
	 */
	public static <T> Mono<T> mono(Mono<T> work) {
		return Mono.deferContextual((context) -> {
			AtomicBoolean abandoned = new AtomicBoolean();
			return work.contextWrite(context)
				.doOnError((ex) -> abandoned.get(),
						(ex) -> log.warn("Failed when its caller had gone: {}", ex.toString()))
				.cache()
				.doOnCancel(() -> abandoned.set(true));
		});
	}

}
