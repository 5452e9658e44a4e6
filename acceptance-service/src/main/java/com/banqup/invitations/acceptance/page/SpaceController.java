package com.banqup.invitations.acceptance.page;

import java.util.List;
import java.util.UUID;

import com.banqup.invitations.acceptance.account.Account;
import com.banqup.invitations.acceptance.businessspace.BusinessSpace;
import com.banqup.invitations.acceptance.businessspace.BusinessSpaceNotYours;
import com.banqup.invitations.acceptance.businessspace.BusinessSpaces;
import com.banqup.invitations.acceptance.businessspace.InvalidBusinessSpace;
import com.banqup.invitations.acceptance.businessspace.NewBusinessSpace;
import com.banqup.invitations.acceptance.businessspace.TooManyBusinessSpaces;
import com.banqup.invitations.acceptance.invitation.Invitation;
import com.banqup.invitations.acceptance.invitation.LinkState;
import com.banqup.invitations.acceptance.invitation.OpenInvitation;
import com.banqup.invitations.acceptance.invitation.ProgressStep;
import com.banqup.invitations.acceptance.invitation.RecordProgress;
import com.banqup.invitations.acceptance.login.SignedIn;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.server.ServerWebExchange;

/** The page where a Business Space is chosen or created. */
@Controller
class SpaceController {

	private final OpenInvitation openInvitation;

	private final RecordProgress recordProgress;

	private final BusinessSpaces businessSpaces;

	private final ChosenSpaces chosenSpaces;

	private final LinkStatePages states;

	SpaceController(OpenInvitation openInvitation, RecordProgress recordProgress, BusinessSpaces businessSpaces,
			ChosenSpaces chosenSpaces, LinkStatePages states) {
		this.openInvitation = openInvitation;
		this.recordProgress = recordProgress;
		this.businessSpaces = businessSpaces;
		this.chosenSpaces = chosenSpaces;
		this.states = states;
	}

	@GetMapping("/i/{token}/space")
	Mono<Page> showSpaces(@PathVariable String token, ServerWebExchange exchange) {
		return Visit.of(this.openInvitation.open(token))
			.flatMap((visit) -> (visit.state() instanceof LinkState.Valid valid && visit.signedIn() != null)
					? show(valid.invitation(), token, visit.signedIn(), exchange)
					: Mono.just(this.states.instead(visit.state(), token, visit.signedIn())));
	}

	private Mono<Page> show(Invitation invitation, String token, SignedIn signedIn, ServerWebExchange exchange) {
		return Mono
			.zip(this.businessSpaces.list(signedIn.account()),
					this.chosenSpaces.find(exchange, invitation.id()).map(UUID::toString).defaultIfEmpty(""))
			.map((found) -> page(HttpStatus.OK, invitation, token, found.getT1(),
					prefilled(invitation, found.getT1(), found.getT2()), List.of()));
	}

	/** What we know saves typing, and everything can be typed over. */
	private static SpaceForm prefilled(Invitation invitation, List<BusinessSpace> spaces, String chosen) {
		String choice = spaces.stream()
			.map((space) -> space.id().toString())
			.filter((id) -> id.equals(chosen) || spaces.size() == 1)
			.findFirst()
			.orElse(spaces.isEmpty() ? SpaceForm.NEW : "");
		return new SpaceForm(choice, invitation.clientName(), "", "", "");
	}

	@PostMapping("/i/{token}/space")
	Mono<Page> chooseSpace(@PathVariable String token, ServerWebExchange exchange) {
		return Mono.zip(Visit.of(this.openInvitation.open(token)), exchange.getFormData().map(SpaceForm::of))
			.flatMap((asked) -> choose(asked.getT1(), token, asked.getT2(), exchange));
	}

	private Mono<Page> choose(Visit visit, String token, SpaceForm form, ServerWebExchange exchange) {
		if (!(visit.state() instanceof LinkState.Valid valid) || visit.signedIn() == null) {
			return Mono.just(this.states.instead(visit.state(), token, visit.signedIn()));
		}
		Account account = visit.signedIn().account();
		return space(account, form)
			.flatMap((space) -> this.chosenSpaces.remember(exchange, valid.invitation().id(), space.id()))
			.then(Mono.defer(() -> this.recordProgress.record(valid.link(), ProgressStep.SPACE_CHOSEN)))
			.thenReturn(Page.seeOther(new InvitationPath(token).confirm()))
			.onErrorResume(WrongForm.class,
					(wrong) -> this.businessSpaces.list(account)
						.map((spaces) -> page(HttpStatus.UNPROCESSABLE_CONTENT, valid.invitation(), token, spaces, form,
								wrong.errors())));
	}

	/** The space that the form is about. Errors: {@link WrongForm}. */
	private Mono<BusinessSpace> space(Account account, SpaceForm form) {
		return Mono
			.defer(() -> form.wantsNew() ? this.businessSpaces.create(account, created(form))
					: this.businessSpaces.require(account, form.requireExisting()))
			.onErrorMap(InvalidBusinessSpace.class, (invalid) -> WrongForm.of(invalid, form.country()))
			.onErrorMap(BusinessSpaceNotYours.class, (ex) -> new WrongForm(SpaceForm.NOT_YOURS))
			.onErrorMap(TooManyBusinessSpaces.class, (ex) -> new WrongForm(SpaceForm.TOO_MANY));
	}

	private static NewBusinessSpace created(SpaceForm form) {
		return NewBusinessSpace.of(form.name(), form.country(), form.vatNumber(), form.registrationNumber());
	}

	/** In another language it can be had only where nothing would be lost. */
	private static Page page(HttpStatus status, Invitation invitation, String token, List<BusinessSpace> spaces,
			SpaceForm form, List<FieldError> errors) {
		InvitationPath path = new InvitationPath(token);
		List<SpaceChoice> choices = spaces.stream().map(SpaceChoice::of).toList();
		Page.Shown page = Page
			.shown(status, new SpaceView(invitation.partnerName(), choices, form, errors, path.space(), path.proceed()))
			.in(invitation.language());
		return (status == HttpStatus.OK) ? page.at(path.space()) : page;
	}

}
