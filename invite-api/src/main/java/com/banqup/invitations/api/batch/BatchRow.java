package com.banqup.invitations.api.batch;

import com.banqup.invitations.api.client.ClientDetails;
import com.banqup.invitations.api.client.ClientId;
import com.banqup.invitations.api.invitation.InvitationId;
import org.jspecify.annotations.Nullable;

/**
 * A row of a batch as the partner sent it.
 *
 * @param number which row it is, 1 for the first; a header is none
 * @param line the line of the file it starts at, 1 for the first; the row's number where
 * there are no lines
 * @param rowRef what the partner calls the row, null if it has no name
 * @param content what it says
 */
public record BatchRow(int number, int line, @Nullable String rowRef, Content content) {

	/** The longest {@link #rowRef()}, in characters. */
	public static final int MAX_ROW_REF = 100;

	/** How many characters it has where it can be long. */
	public int characters() {
		return switch (this.content) {
			case NamedClient named -> named.characters();
			case Corrected(var invited, NamedClient named) -> named.characters();
			default -> 0;
		};
	}

	/** The client whom the row invited before, null if it did not. */
	@Nullable Undelivered invitedBefore() {
		return switch (this.content) {
			case Undelivered undelivered -> undelivered;
			case Corrected corrected -> corrected.invited();
			default -> null;
		};
	}

	/** The same row, which says something else. */
	BatchRow saying(Content other) {
		return new BatchRow(this.number, this.line, this.rowRef, other);
	}

	/** What a row says. */
	public sealed interface Content {

	}

	/** What a row of an upload can say. */
	public sealed interface Uploaded extends Content {

	}

	/**
	 * Invite this client, adding it to the Partner Space where it is new.
	 *
	 * @param details the client
	 * @param message instead of the template's, null to keep that
	 */
	public record NamedClient(ClientDetails details, @Nullable String message) implements Uploaded {

		int characters() {
			return this.details.name().length() + ((this.message != null) ? this.message.length() : 0);
		}

		/** The record's fields would be personal data in a log. */
		@Override
		public String toString() {
			return "NamedClient[…]";
		}

	}

	/**
	 * Invite this client, which is in the Partner Space already.
	 *
	 * @param clientId the client
	 * @param message instead of the template's, null to keep that
	 */
	public record KnownClient(ClientId clientId, @Nullable String message) implements Content {

		/** With the template's message. */
		public KnownClient(ClientId clientId) {
			this(clientId, null);
		}

	}

	/**
	 * Invite this client again, whose mail was given up: by the same invitation, or by a
	 * new one if that has expired.
	 *
	 * @param clientId the client
	 * @param invitationId the invitation that an earlier decision made
	 */
	public record Undelivered(ClientId clientId, InvitationId invitationId) implements Content {
	}

	/**
	 * The same, once the client is as this says.
	 *
	 * @param invited the client
	 * @param correction how it is, or what is wrong with what the partner sent
	 */
	public record Corrected(Undelivered invited, Uploaded correction) implements Content {
	}

	/**
	 * Nobody can be invited by this row.
	 *
	 * @param reason why not
	 * @param detail what is wrong and what is expected, without repeating what was sent
	 */
	public record Unusable(RowReason reason, String detail) implements Uploaded {
	}

}
