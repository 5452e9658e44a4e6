package com.banqup.invitations.api.batch;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Lets a Partner Space, and all of them together, have so many of something at a time.
 * Nobody waits for a slot.
 */
abstract class Slots {

	private final Map<PartnerSpaceId, Integer> taken = new HashMap<>();

	private final int ofEach;

	private final int inAll;

	private final Function<PartnerSpaceId, RuntimeException> none;

	private int takenInAll;

	/**
	 * How many there are.
	 * @param ofEach for each Partner Space
	 * @param inAll for all of them together
	 * @param none the error when there is none left
	 */
	Slots(int ofEach, int inAll, Function<PartnerSpaceId, RuntimeException> none) {
		this.ofEach = ofEach;
		this.inAll = inAll;
		this.none = none;
	}

	/** Carries out the work in a slot. Errors if there is none, or as the work does. */
	<T> Mono<T> take(PartnerSpaceId id, Supplier<Mono<T>> work) {
		return Mono.using(() -> enter(id), (entered) -> work.get(), this::leave);
	}

	/** Has a slot for as long as the stream goes on. Errors likewise. */
	<T> Flux<T> hold(PartnerSpaceId id, Supplier<Flux<T>> stream) {
		return Flux.using(() -> enter(id), (entered) -> stream.get(), this::leave);
	}

	synchronized int takenInAll() {
		return this.takenInAll;
	}

	private synchronized PartnerSpaceId enter(PartnerSpaceId id) {
		int ofThis = this.taken.getOrDefault(id, 0);
		if (ofThis >= this.ofEach || this.takenInAll >= this.inAll) {
			throw this.none.apply(id);
		}
		this.taken.put(id, ofThis + 1);
		this.takenInAll++;
		return id;
	}

	private synchronized void leave(PartnerSpaceId id) {
		this.taken.computeIfPresent(id, (key, count) -> (count > 1) ? count - 1 : null);
		this.takenInAll--;
	}

}
