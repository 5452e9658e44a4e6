package com.banqup.invitations.api.deadletter;

import java.util.List;

import reactor.core.publisher.Mono;

/** The records that were passed over. */
public interface DeadLetters {

	/** Keeps these records; one that is kept already stays as it is. */
	Mono<Void> keep(List<DeadLetter> letters);

	/** How many are kept; counts up to 100,000. */
	Mono<Long> count();

}
