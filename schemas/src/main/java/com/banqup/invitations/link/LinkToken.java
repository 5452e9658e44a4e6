package com.banqup.invitations.link;

import java.util.UUID;

/**
 * What a genuine link says: which invitation, and which generation of it. Obtained from
 * {@link LinkKeys#recognise(String)}, so holding one means that the link was made with
 * one of our keys; it says nothing about the invitation's state.
 *
 * @param invitationId the invitation
 * @param generation 1 for the first mail, one more for each resend (1..65535)
 */
public record LinkToken(UUID invitationId, int generation) {

	/** The highest generation that a token can carry. */
	public static final int MAX_GENERATION = 0xFFFF;

	public LinkToken {
		if (generation < 1 || generation > MAX_GENERATION) {
			throw new IllegalArgumentException(
					"generation: %d (expected: 1..%d)".formatted(generation, MAX_GENERATION));
		}
	}

}
