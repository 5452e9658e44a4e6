package com.banqup.invitations.api.idempotency;

/**
 * What a caller is answered.
 *
 * @param answer the answer
 * @param repeated whether it was given before
 */
public record GivenAnswer(Answer answer, boolean repeated) {
}
