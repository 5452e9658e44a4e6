package com.banqup.invitations.api.invitation;

import java.time.Instant;
import java.util.UUID;

import com.banqup.invitations.api.client.ClientId;
import com.banqup.invitations.api.partnerspace.PartnerSpaceId;

/**
 * Something the other services found out about an invitation. Facts can come twice and in
 * any order.
 */
public sealed interface OnboardingFact {

	/** Whose client it is. */
	PartnerSpaceId partnerSpaceId();

	/** The client. */
	ClientId clientId();

	/** The invitation it is about. */
	InvitationId invitationId();

	/** When it happened. */
	Instant at();

	/**
	 * What became of a mail.
	 *
	 * @param partnerSpaceId whose client it is
	 * @param clientId the client
	 * @param invitationId the invitation it is about
	 * @param generation which mail of the invitation
	 * @param delivery what became of it
	 */
	record MailReported(PartnerSpaceId partnerSpaceId, ClientId clientId, InvitationId invitationId, int generation,
			Delivery delivery) implements OnboardingFact {

		/**
		 * Reason of a mail that was cancelled with its bulk. It ends the invitation: the
		 * link was never sent.
		 */
		public static final String BATCH_CANCELLED = "batch-cancelled";

		/**
		 * Reason of a mail that was cancelled because its link would not work any more.
		 */
		public static final String EXPIRED = "expired";

		@Override
		public Instant at() {
			return this.delivery.at();
		}

	}

	/**
	 * The client took a step.
	 *
	 * @param partnerSpaceId whose client it is
	 * @param clientId the client
	 * @param invitationId the invitation it is about
	 * @param progress how far the client got
	 * @param at when
	 */
	record ClientProgressed(PartnerSpaceId partnerSpaceId, ClientId clientId, InvitationId invitationId,
			Progress progress, Instant at) implements OnboardingFact {
	}

	/**
	 * The invitation was ended as the partner asked.
	 *
	 * @param partnerSpaceId whose client it is
	 * @param clientId the client
	 * @param invitationId the invitation it is about
	 * @param at when
	 */
	record InvitationEnded(PartnerSpaceId partnerSpaceId, ClientId clientId, InvitationId invitationId,
			Instant at) implements OnboardingFact {
	}

	/**
	 * The client accepted: the spaces are linked.
	 *
	 * @param partnerSpaceId whose client it is
	 * @param clientId the client
	 * @param invitationId the invitation it is about
	 * @param linkId the link
	 * @param businessSpaceId the client's Business Space
	 * @param at when
	 */
	record ClientLinked(PartnerSpaceId partnerSpaceId, ClientId clientId, InvitationId invitationId, UUID linkId,
			UUID businessSpaceId, Instant at) implements OnboardingFact {
	}

}
