package com.banqup.invitations.acceptance.invitation;

import java.time.Instant;

import com.banqup.invitations.link.LinkToken;
import org.jspecify.annotations.Nullable;

/** What a link means at a given moment. */
public sealed interface LinkState {

	/** Can be accepted. */
	record Valid(LinkToken link, Invitation invitation) implements LinkState {
	}

	/** Came too late; the partner can resend the invitation. */
	record Expired(LinkToken link, Invitation invitation) implements LinkState {
	}

	/** A newer mail of the same invitation carries the link to use. */
	record Superseded(LinkToken link, Invitation invitation) implements LinkState {
	}

	/** The partner ended the invitation. */
	record Revoked(LinkToken link, Invitation invitation) implements LinkState {
	}

	/**
	 * Was accepted: tell nothing of it to anybody but {@link Invitation#acceptedBy()}.
	 */
	record Accepted(LinkToken link, Invitation invitation) implements LinkState {
	}

	/**
	 * Genuine, but its invitation has not arrived here yet: it will, so try again soon.
	 */
	record NotYetKnown(LinkToken link) implements LinkState {
	}

	/** Not made by us, or too damaged to tell. */
	record Unknown() implements LinkState {
	}

	/**
	 * What a genuine link means. What was decided comes before what the clock says: an
	 * accepted invitation stays accepted, whichever of its links is opened and however
	 * late.
	 * @param link a link that was recognised
	 * @param invitation what is known of its invitation, null for nothing
	 * @param now the moment it is asked for
	 */
	static LinkState of(LinkToken link, @Nullable Invitation invitation, Instant now) {
		if (invitation == null) {
			return new NotYetKnown(link);
		}
		return switch (invitation.state()) {
			case ACCEPTED -> new Accepted(link, invitation);
			case REVOKED -> new Revoked(link, invitation);
			case PENDING -> ofPending(link, invitation, now);
		};
	}

	private static LinkState ofPending(LinkToken link, Invitation invitation, Instant now) {
		if (link.generation() < invitation.generation()) {
			return new Superseded(link, invitation);
		}
		if (link.generation() > invitation.generation()) {
			return new NotYetKnown(link);
		}
		return now.isBefore(invitation.expiresAt()) ? new Valid(link, invitation) : new Expired(link, invitation);
	}

}
