package com.banqup.invitations.acceptance.page;

import java.util.Objects;

import com.banqup.invitations.acceptance.invitation.Invitation;
import com.banqup.invitations.acceptance.invitation.LinkState;
import com.banqup.invitations.acceptance.invitation.OpenInvitation;
import com.banqup.invitations.acceptance.invitation.ProgressStep;
import com.banqup.invitations.acceptance.invitation.RecordProgress;
import com.banqup.invitations.acceptance.login.LoginTarget;
import com.banqup.invitations.acceptance.login.SignedIn;
import com.banqup.invitations.acceptance.login.StartLogin;
import com.banqup.invitations.acceptance.login.StartLogin.Whom;
import com.banqup.invitations.link.LinkToken;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.server.ServerWebExchange;

/** The page that the link opens, and its continue button. */
@Controller
class LandingController {

	private final OpenInvitation openInvitation;

	private final RecordProgress recordProgress;

	private final StartLogin startLogin;

	private final LinkStatePages states;

	LandingController(OpenInvitation openInvitation, RecordProgress recordProgress, StartLogin startLogin,
			LinkStatePages states) {
		this.openInvitation = openInvitation;
		this.recordProgress = recordProgress;
		this.startLogin = startLogin;
		this.states = states;
	}

	/** Changes nothing, and makes no session: mail scanners come here first. */
	@GetMapping("/i/{token}")
	Mono<Page> showInvitation(@PathVariable String token) {
		return Visit.of(this.openInvitation.open(token))
			.map((visit) -> (visit.state() instanceof LinkState.Valid valid) ? landing(valid.invitation(), token)
					: this.states.instead(visit.state(), token, visit.signedIn()));
	}

	private static Page landing(Invitation invitation, String token) {
		InvitationPath path = new InvitationPath(token);
		return Page.shown(HttpStatus.OK, LandingView.of(invitation, path)).in(invitation.language()).at(path.landing());
	}

	@PostMapping("/i/{token}/continue")
	Mono<Page> proceed(@PathVariable String token, ServerWebExchange exchange) {
		return Mono.zip(Visit.of(this.openInvitation.open(token)), account(exchange))
			.flatMap((asked) -> proceed(asked.getT1(), token, asked.getT2(), exchange));
	}

	private static Mono<String> account(ServerWebExchange exchange) {
		return exchange.getFormData().map((fields) -> Objects.requireNonNullElse(fields.getFirst("account"), ""));
	}

	private Mono<Page> proceed(Visit visit, String token, String account, ServerWebExchange exchange) {
		boolean here = visit.signedIn() != null && account.equals("current");
		return switch (visit.state()) {
			case LinkState.Valid valid when here -> record(valid.link(), ProgressStep.SIGNED_IN)
				.thenReturn(Page.seeOther(new InvitationPath(token).space()));
			case LinkState.Valid valid -> record(valid.link(), ProgressStep.OPENED)
				.then(signIn(exchange, valid.link(), valid.invitation(), whom(account)));
			case LinkState.Accepted accepted when !here ->
				signIn(exchange, accepted.link(), accepted.invitation(), whom(account));
			default -> Mono.fromCallable(() -> this.states.instead(visit.state(), token, visit.signedIn()));
		};
	}

	private Mono<Void> record(LinkToken link, ProgressStep step) {
		return this.recordProgress.record(link, step);
	}

	private Mono<Page> signIn(ServerWebExchange exchange, LinkToken link, Invitation invitation, Whom whom) {
		LoginTarget target = new LoginTarget(link, LanguageParameter.of(exchange.getRequest()).orElse(null));
		return this.startLogin
			.start(exchange, target, whom, PageWriter.language(exchange.getRequest(), invitation.language()))
			.map(Page::toProvider);
	}

	private static Whom whom(String account) {
		return switch (account) {
			case "new" -> Whom.SOMEBODY_NEW;
			case "other" -> Whom.SOMEBODY_ELSE;
			default -> Whom.ANYBODY;
		};
	}

}
