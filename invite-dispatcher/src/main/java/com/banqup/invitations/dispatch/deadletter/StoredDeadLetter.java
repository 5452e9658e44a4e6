package com.banqup.invitations.dispatch.deadletter;

/**
 * A dead letter on its way to the topic.
 *
 * @param id its id in the store
 * @param letter the dead letter
 */
public record StoredDeadLetter(long id, DeadLetter letter) {
}
