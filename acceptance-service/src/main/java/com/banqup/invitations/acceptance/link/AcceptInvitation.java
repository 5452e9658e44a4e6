package com.banqup.invitations.acceptance.link;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

import com.banqup.invitations.acceptance.account.Account;
import com.banqup.invitations.acceptance.businessspace.BusinessSpace;
import com.banqup.invitations.acceptance.businessspace.BusinessSpaces;
import com.banqup.invitations.acceptance.consent.Consent;
import com.banqup.invitations.acceptance.consent.ConsentGiven;
import com.banqup.invitations.acceptance.consent.ConsentText;
import com.banqup.invitations.acceptance.consent.ConsentTextChanged;
import com.banqup.invitations.acceptance.consent.ConsentTexts;
import com.banqup.invitations.acceptance.consent.Consents;
import com.banqup.invitations.acceptance.invitation.Invitation;
import com.banqup.invitations.acceptance.invitation.Invitations;
import com.banqup.invitations.acceptance.invitation.LinkState;
import com.banqup.invitations.link.LinkKeys;
import com.banqup.invitations.link.LinkToken;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;
import org.springframework.transaction.reactive.TransactionalOperator;

/**
 * Accepts an invitation in one transaction: claims it, links the spaces, records the
 * consent and tells the world. Of many who try, one gets it; to the one who got it the
 * answer stays the same however often they ask.
 * <p>
 * When the two spaces are linked already, the invitation is accepted into that link: its
 * id is told once more, so that whoever missed it catches up.
 */
@Component
public class AcceptInvitation {

	private final LinkKeys keys;

	private final Invitations invitations;

	private final BusinessSpaces businessSpaces;

	private final Links links;

	private final Consents consents;

	private final LinkEvents events;

	private final TransactionalOperator transaction;

	private final Clock clock;

	AcceptInvitation(LinkKeys keys, Invitations invitations, BusinessSpaces businessSpaces, Links links,
			Consents consents, LinkEvents events, TransactionalOperator transaction, Clock clock) {
		this.keys = keys;
		this.invitations = invitations;
		this.businessSpaces = businessSpaces;
		this.links = links;
		this.consents = consents;
		this.events = events;
		this.transaction = transaction;
		this.clock = clock;
	}

	/**
	 * Accepts for this account and Business Space. Errors: {@link UnknownLink},
	 * {@link LinkExpired}, {@link LinkSuperseded}, {@link LinkNotYetKnown},
	 * {@link InvitationRevoked}, {@link InvitationAlreadyAccepted},
	 * {@link ConsentTextChanged} and
	 * {@link com.banqup.invitations.acceptance.businessspace.BusinessSpaceNotYours}.
	 * @param token untrusted, as it stood in the address
	 */
	public Mono<Accepted> accept(Account account, String token, UUID businessSpaceId, ConsentGiven given) {
		return Mono.defer(() -> {
			LinkToken link = this.keys.recognise(token).orElseThrow(UnknownLink::new);
			Attempt attempt = new Attempt(link, account, businessSpaceId, given,
					this.clock.instant().truncatedTo(ChronoUnit.MILLIS));
			return this.businessSpaces.require(account, businessSpaceId)
				.flatMap((space) -> claim(attempt, space))
				.as(this.transaction::transactional);
		});
	}

	private Mono<Accepted> claim(Attempt attempt, BusinessSpace space) {
		return this.invitations.claim(attempt.link(), attempt.account().id(), attempt.now())
			.flatMap((invitation) -> establish(attempt, invitation, space))
			.switchIfEmpty(Mono.defer(() -> answerUnclaimed(attempt)));
	}

	private Mono<Accepted> establish(Attempt attempt, Invitation invitation, BusinessSpace space) {
		return this.links.establish(invitation, space.id(), attempt.now())
			.map((linkId) -> attempt.consent(invitation, linkId))
			.flatMap((consent) -> this.consents.record(consent)
				.then(this.events.established(invitation, consent))
				.thenReturn(outcome(consent)));
	}

	private Mono<Accepted> answerUnclaimed(Attempt attempt) {
		return this.invitations.find(attempt.link().invitationId())
			.map((invitation) -> LinkState.of(attempt.link(), invitation, attempt.now()))
			.defaultIfEmpty(new LinkState.NotYetKnown(attempt.link()))
			.flatMap((state) -> switch (state) {
				case LinkState.Accepted accepted -> repeat(attempt, accepted.invitation());
				case LinkState.Expired expired -> Mono.error(new LinkExpired());
				case LinkState.Superseded superseded -> Mono.error(new LinkSuperseded());
				case LinkState.Revoked revoked -> Mono.error(new InvitationRevoked());
				// Unclaimed but valid: it changed between the two looks, so look again.
				case LinkState.Valid valid -> Mono.error(new LinkNotYetKnown());
				case LinkState.NotYetKnown notYetKnown -> Mono.error(new LinkNotYetKnown());
				case LinkState.Unknown unknown -> Mono.error(new UnknownLink());
			});
	}

	private Mono<Accepted> repeat(Attempt attempt, Invitation invitation) {
		if (!invitation.isAcceptedBy(attempt.account().id())) {
			return Mono.error(new InvitationAlreadyAccepted());
		}
		return this.consents.findByInvitation(invitation.id())
			.filter((consent) -> consent.businessSpaceId().equals(attempt.businessSpaceId()))
			.map(AcceptInvitation::outcome)
			.switchIfEmpty(Mono.error(InvitationAlreadyAccepted::new));
	}

	private static Accepted outcome(Consent consent) {
		return new Accepted(consent.linkId(), consent.businessSpaceId(), consent.id(), consent.givenAt());
	}

	private record Attempt(LinkToken link, Account account, UUID businessSpaceId, ConsentGiven given, Instant now) {

		Consent consent(Invitation invitation, UUID linkId) {
			ConsentText text = ConsentTexts.in(this.given.language())
				.granting(invitation.partnerName(), invitation.permissions());
			if (!this.given.isTo(text)) {
				throw new ConsentTextChanged();
			}
			return new Consent(UUID.randomUUID(), invitation.id(), invitation.generation(), linkId,
					invitation.partnerSpaceId(), invitation.partnerName(), this.businessSpaceId, this.account.id(),
					invitation.permissions(), text.language(), text.version(), text.hash(), this.now);
		}
	}

}
