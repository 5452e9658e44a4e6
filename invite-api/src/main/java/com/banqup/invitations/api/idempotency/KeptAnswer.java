package com.banqup.invitations.api.idempotency;

/**
 * An answer that was given before.
 *
 * @param bodyHash SHA-256 of the request's body, in hexadecimal
 * @param answer what was answered
 */
public record KeptAnswer(String bodyHash, Answer answer) {
}
