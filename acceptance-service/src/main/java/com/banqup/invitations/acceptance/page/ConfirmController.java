package com.banqup.invitations.acceptance.page;

import java.util.List;
import java.util.function.Function;

import com.banqup.invitations.acceptance.businessspace.BusinessSpace;
import com.banqup.invitations.acceptance.businessspace.BusinessSpaceNotYours;
import com.banqup.invitations.acceptance.businessspace.BusinessSpaces;
import com.banqup.invitations.acceptance.consent.ConsentGiven;
import com.banqup.invitations.acceptance.consent.ConsentText;
import com.banqup.invitations.acceptance.consent.ConsentTextChanged;
import com.banqup.invitations.acceptance.consent.ConsentTexts;
import com.banqup.invitations.acceptance.invitation.Invitation;
import com.banqup.invitations.acceptance.invitation.LinkState;
import com.banqup.invitations.acceptance.invitation.OpenInvitation;
import com.banqup.invitations.acceptance.link.AcceptInvitation;
import com.banqup.invitations.acceptance.link.InvitationAlreadyAccepted;
import com.banqup.invitations.acceptance.link.InvitationRevoked;
import com.banqup.invitations.acceptance.link.LinkExpired;
import com.banqup.invitations.acceptance.link.LinkNotYetKnown;
import com.banqup.invitations.acceptance.link.LinkSuperseded;
import com.banqup.invitations.acceptance.login.SignedIn;
import com.banqup.invitations.schemas.InviteeLanguage;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.server.ServerWebExchange;

/** The page where access is granted. */
@Controller
class ConfirmController {

	private static final FieldError NOT_TICKED = new FieldError("consent", "error.consent.required");

	private static final FieldError CHANGED = new FieldError("consent", "error.changed");

	private final OpenInvitation openInvitation;

	private final AcceptInvitation acceptInvitation;

	private final BusinessSpaces businessSpaces;

	private final ChosenSpaces chosenSpaces;

	private final LinkStatePages states;

	ConfirmController(OpenInvitation openInvitation, AcceptInvitation acceptInvitation, BusinessSpaces businessSpaces,
			ChosenSpaces chosenSpaces, LinkStatePages states) {
		this.openInvitation = openInvitation;
		this.acceptInvitation = acceptInvitation;
		this.businessSpaces = businessSpaces;
		this.chosenSpaces = chosenSpaces;
		this.states = states;
	}

	@GetMapping("/i/{token}/confirm")
	Mono<Page> showConfirmation(@PathVariable String token, ServerWebExchange exchange) {
		return atHand(token, exchange, (step) -> Mono.just(step.page(HttpStatus.OK, List.of())));
	}

	@PostMapping("/i/{token}/confirm")
	Mono<Page> confirm(@PathVariable String token, ServerWebExchange exchange) {
		return exchange.getFormData()
			.map(ConfirmForm::of)
			.flatMap((form) -> atHand(token, exchange, (step) -> confirm(step, form)));
	}

	private Mono<Page> confirm(Step step, ConfirmForm form) {
		if (!form.isFor(step.signedIn().accountId(), step.space().id())) {
			return Mono.just(step.page(HttpStatus.CONFLICT, List.of(CHANGED)));
		}
		if (!form.consent()) {
			return Mono.just(step.page(HttpStatus.UNPROCESSABLE_CONTENT, List.of(NOT_TICKED)));
		}
		return Mono.justOrEmpty(form.given())
			.flatMap((given) -> accept(step, given))
			.defaultIfEmpty(step.page(HttpStatus.CONFLICT, List.of(CHANGED)));
	}

	private Mono<Page> accept(Step step, ConsentGiven given) {
		return this.acceptInvitation.accept(step.signedIn().account(), step.token(), step.space().id(), given)
			.map((accepted) -> Page.seeOther(new InvitationPath(step.token()).done()))
			.onErrorReturn(ConsentTextChanged.class, step.page(HttpStatus.CONFLICT, List.of(CHANGED)))
			.onErrorResume(ConfirmController::stateChanged, (ex) -> this.openInvitation.open(step.token())
				.map((state) -> this.states.instead(state, step.token(), step.signedIn())));
	}

	private static boolean stateChanged(Throwable ex) {
		return ex instanceof LinkExpired || ex instanceof LinkSuperseded || ex instanceof InvitationRevoked
				|| ex instanceof LinkNotYetKnown || ex instanceof InvitationAlreadyAccepted;
	}

	/** Goes on with what is at hand, or to where something is still missing. */
	private Mono<Page> atHand(String token, ServerWebExchange exchange, Function<Step, Mono<Page>> next) {
		return Visit.of(this.openInvitation.open(token))
			.flatMap((visit) -> (visit.state() instanceof LinkState.Valid valid && visit.signedIn() != null)
					? step(token, valid.invitation(), visit.signedIn(), exchange).flatMap(next)
						.defaultIfEmpty(Page.seeOther(new InvitationPath(token).space()))
					: Mono.just(this.states.instead(visit.state(), token, visit.signedIn())));
	}

	/** Empty when no Business Space was chosen, or by another account of this session. */
	private Mono<Step> step(String token, Invitation invitation, SignedIn signedIn, ServerWebExchange exchange) {
		InviteeLanguage language = PageWriter.language(exchange.getRequest(), invitation.language());
		return this.chosenSpaces.find(exchange, invitation.id())
			.flatMap((id) -> this.businessSpaces.require(signedIn.account(), id))
			.onErrorComplete(BusinessSpaceNotYours.class)
			.map((space) -> new Step(token, invitation, signedIn, space, language));
	}

	/** Everything there is to confirm. */
	private record Step(String token, Invitation invitation, SignedIn signedIn, BusinessSpace space,
			InviteeLanguage language) {

		Page page(HttpStatus status, List<FieldError> errors) {
			InvitationPath path = new InvitationPath(this.token);
			Page.Shown page = Page.shown(status, view(path, errors)).in(this.invitation.language());
			return (status == HttpStatus.OK) ? page.at(path.confirm()) : page;
		}

		private ConfirmView view(InvitationPath path, List<FieldError> errors) {
			ConsentText text = ConsentTexts.in(this.language)
				.granting(this.invitation.partnerName(), this.invitation.permissions());
			return new ConfirmView(this.invitation.partnerName(), SpaceChoice.of(this.space),
					this.signedIn.accountId().toString(), ConsentBlock.of(text), ConfirmForm.reference(text), errors,
					path.confirm(), path.space());
		}

	}

}
