package com.banqup.invitations.api.invitation;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

import com.banqup.invitations.api.client.ClientId;
import com.banqup.invitations.api.paging.Page;
import com.banqup.invitations.api.paging.PageRequest;
import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import com.banqup.invitations.schemas.InviteeLanguage;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The invitations of all Partner Spaces. Of one client, at most one is pending. */
public interface Invitations {

	/**
	 * Stores an invitation for each of these clients that is known, not linked and has
	 * none pending, after ending those whose time has run out. Two statements, however
	 * many clients; runs in the caller's transaction.
	 */
	Mono<InviteDecisions> invite(InvitationTerms terms, List<ClientId> clientIds);

	/**
	 * What there is to know about these clients, those of them that the Partner Space
	 * has. They are locked until the running transaction ends, and pending invitations
	 * whose time has run out are ended.
	 */
	Flux<InvitableClient> lockInvitable(PartnerSpaceId partnerSpaceId, Collection<ClientId> clientIds, Instant now);

	/** The same without locking or ending anything: for a look. */
	Flux<InvitableClient> findInvitable(PartnerSpaceId partnerSpaceId, Collection<ClientId> clientIds, Instant now);

	/**
	 * Stores these invitations, whose clients are new or were locked, in one statement.
	 */
	Mono<Void> addAll(InvitationTerms terms, List<NewInvitation> invitations);

	/**
	 * Writes the next generation of those of these invitations, whose clients are locked,
	 * that are pending and whose mail was given up, or was asked for before a time and
	 * never heard of again. Gives them as they are then.
	 */
	Flux<Invitation> mailAgain(PartnerSpaceId partnerSpaceId, List<NextMail> mails, String requestedBy,
			Instant silentBefore, Instant now);

	/**
	 * These invitations belong to no bulk any more: others took their places. It does not
	 * count them then.
	 */
	Mono<Void> leaveBulk(PartnerSpaceId partnerSpaceId, Collection<InvitationId> ids);

	/** Those of these invitations that the Partner Space has, as of now. */
	Flux<Invitation> find(PartnerSpaceId partnerSpaceId, Collection<InvitationId> ids, Instant now);

	/** The invitation as of now. Errors with {@link InvitationNotFound}. */
	Mono<Invitation> require(PartnerSpaceId partnerSpaceId, InvitationId id, Instant now);

	/** The client's latest invitation as of now, empty if it was never invited. */
	Mono<Invitation> findLatest(PartnerSpaceId partnerSpaceId, ClientId clientId, Instant now);

	/**
	 * Writes the next generation. Empty if the invitation is not of the generation before
	 * any more, or was accepted or revoked meanwhile, or is to be revoked.
	 */
	Mono<Invitation> resend(Invitation nextGeneration);

	/**
	 * Notes that the partner asked to end the invitation. Empty if it is not pending, or
	 * that was noted before.
	 */
	Mono<Invitation> noteRevocationRequest(Invitation invitation, String requestedBy, Instant at);

	/** A page of invitations as of now, newest first. */
	Mono<Page<Invitation>> list(PartnerSpaceId partnerSpaceId, InvitationFilter filter, PageRequest page, Instant now);

	/**
	 * Ends pending invitations whose time has run out, up to a number of them; gives how
	 * many it ended. Passes over those that somebody else works on.
	 */
	Mono<Long> expireOverdue(Instant now, int limit);

	/**
	 * What the next mail of an invitation, and those after it, are like.
	 *
	 * @param id the invitation
	 * @param language of mail and pages, null to keep the invitation's
	 * @param message the partner's own words, null to keep the invitation's
	 */
	record NextMail(InvitationId id, @Nullable InviteeLanguage language, @Nullable String message) {
	}

}
