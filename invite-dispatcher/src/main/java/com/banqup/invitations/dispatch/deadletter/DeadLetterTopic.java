package com.banqup.invitations.dispatch.deadletter;

import reactor.core.publisher.Mono;

/** Where dead letters go. */
public interface DeadLetterTopic {

	/** Completes when every replica that must have it has it. */
	Mono<Void> publish(DeadLetter letter);

}
