package com.banqup.invitations.acceptance.page;

import com.banqup.invitations.acceptance.businessspace.BusinessSpaces;
import com.banqup.invitations.acceptance.consent.Consent;
import com.banqup.invitations.acceptance.consent.Consents;
import com.banqup.invitations.acceptance.invitation.Invitation;
import com.banqup.invitations.acceptance.invitation.LinkState;
import com.banqup.invitations.acceptance.invitation.OpenInvitation;
import com.banqup.invitations.acceptance.login.SignedIn;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** The last page. */
@Controller
class DoneController {

	private final OpenInvitation openInvitation;

	private final Consents consents;

	private final BusinessSpaces businessSpaces;

	private final LinkStatePages states;

	DoneController(OpenInvitation openInvitation, Consents consents, BusinessSpaces businessSpaces,
			LinkStatePages states) {
		this.openInvitation = openInvitation;
		this.consents = consents;
		this.businessSpaces = businessSpaces;
		this.states = states;
	}

	@GetMapping("/i/{token}/done")
	Mono<Page> showDone(@PathVariable String token) {
		return Visit.of(this.openInvitation.open(token))
			.flatMap((visit) -> (visit.state() instanceof LinkState.Accepted accepted && visit.signedIn() != null
					&& accepted.invitation().isAcceptedBy(visit.signedIn().accountId()))
							? done(accepted.invitation(), token, visit.signedIn())
							: Mono.just(this.states.instead(visit.state(), token, visit.signedIn())));
	}

	private Mono<Page> done(Invitation invitation, String token, SignedIn signedIn) {
		return this.consents.findByInvitation(invitation.id())
			.switchIfEmpty(Mono.error(() -> new IllegalStateException("consent: none for " + invitation.id())))
			.flatMap((consent) -> view(consent, signedIn))
			.map((view) -> Page.shown(HttpStatus.OK, view)
				.in(invitation.language())
				.at(new InvitationPath(token).done()));
	}

	private Mono<DoneView> view(Consent consent, SignedIn signedIn) {
		return this.businessSpaces.require(signedIn.account(), consent.businessSpaceId())
			.map((space) -> new DoneView(consent.partnerName(), SpaceChoice.of(space), consent.permissions(),
					consent.givenAt()));
	}

}
