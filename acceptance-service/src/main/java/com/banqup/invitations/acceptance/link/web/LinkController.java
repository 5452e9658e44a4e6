package com.banqup.invitations.acceptance.link.web;

import com.banqup.invitations.acceptance.account.web.BearerAccounts;
import com.banqup.invitations.acceptance.invitation.Invitation;
import com.banqup.invitations.acceptance.invitation.LinkState;
import com.banqup.invitations.acceptance.invitation.OpenInvitation;
import com.banqup.invitations.acceptance.invitation.ProgressStep;
import com.banqup.invitations.acceptance.invitation.RecordProgress;
import com.banqup.invitations.acceptance.link.AcceptInvitation;
import com.banqup.invitations.acceptance.link.InvitationAlreadyAccepted;
import com.banqup.invitations.acceptance.link.InvitationRevoked;
import com.banqup.invitations.acceptance.link.LinkExpired;
import com.banqup.invitations.acceptance.link.LinkNotYetKnown;
import com.banqup.invitations.acceptance.link.LinkSuperseded;
import com.banqup.invitations.acceptance.link.UnknownLink;
import com.banqup.invitations.schemas.InviteeLanguage;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/v1/invitations/{token}", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Invitations", description = "What a link says, and accepting it")
@ApiResponse(responseCode = "404", description = "link-unknown")
@ApiResponse(responseCode = "409", description = "already-accepted: by somebody else, or for another Business Space")
@ApiResponse(responseCode = "410", description = "link-expired, link-superseded or invitation-revoked")
@ApiResponse(responseCode = "503", description = "not-yet-known, service-unavailable or identity-provider-unavailable")
class LinkController {

	private static final String LANGUAGE = "The language of the texts; by default the invitation's";

	private final BearerAccounts accounts;

	private final OpenInvitation openInvitation;

	private final RecordProgress recordProgress;

	private final AcceptInvitation acceptInvitation;

	LinkController(BearerAccounts accounts, OpenInvitation openInvitation, RecordProgress recordProgress,
			AcceptInvitation acceptInvitation) {
		this.accounts = accounts;
		this.openInvitation = openInvitation;
		this.recordProgress = recordProgress;
		this.acceptInvitation = acceptInvitation;
	}

	@GetMapping
	@Operation(summary = "Read the invitation that a link stands for", description = "Changes nothing.")
	@ApiResponse(responseCode = "200")
	Mono<InvitationView> open(@AuthenticationPrincipal Jwt jwt, @PathVariable String token,
			@Parameter(description = LANGUAGE) @RequestParam @Nullable String language) {
		return this.openInvitation.open(token)
			.flatMap((state) -> visible(state, jwt))
			.map((invitation) -> InvitationView.of(invitation, language(language, invitation)));
	}

	@PostMapping("/progress")
	@ResponseStatus(HttpStatus.NO_CONTENT)
	@Operation(summary = "Let the partner see how far the person got",
			description = "Safe to repeat, and only ever forwards: what is behind the known progress changes nothing.")
	@ApiResponse(responseCode = "204")
	@ApiResponse(responseCode = "400", description = "invalid-request: see errors; malformed-request")
	Mono<Void> progress(@AuthenticationPrincipal Jwt jwt, @PathVariable String token,
			@Valid @RequestBody ProgressForm form) {
		return this.openInvitation.open(token)
			.flatMap((state) -> visible(state, jwt).then(Mono.defer(() -> record(state, form.step()))));
	}

	/** Who accepted is as far as they can get. */
	private Mono<Void> record(LinkState state, ProgressStep step) {
		return (state instanceof LinkState.Valid valid) ? this.recordProgress.record(valid.link(), step) : Mono.empty();
	}

	@PostMapping("/accept")
	@Operation(summary = "Accept the invitation and link the Business Space",
			description = "Safe to repeat: the same account gets the same answer.")
	@ApiResponse(responseCode = "200")
	@ApiResponse(responseCode = "400", description = "invalid-request: see errors; malformed-request")
	@ApiResponse(responseCode = "404", description = "link-unknown or business-space-not-found")
	@ApiResponse(responseCode = "409",
			description = "already-accepted: by somebody else, or for another Business Space; "
					+ "consent-changed: show the consent as the invitation has it now")
	Mono<AcceptedView> accept(@AuthenticationPrincipal Jwt jwt, @PathVariable String token,
			@Valid @RequestBody AcceptForm form) {
		return this.openInvitation.open(token)
			.flatMap((state) -> visible(state, jwt))
			.flatMap((invitation) -> this.accounts.signedIn(jwt))
			.flatMap((account) -> this.acceptInvitation.accept(account, token, form.requireBusinessSpaceId(),
					form.requireConsent()))
			.map(AcceptedView::of);
	}

	private Mono<Invitation> visible(LinkState state, Jwt jwt) {
		return switch (state) {
			case LinkState.Valid valid -> Mono.just(valid.invitation());
			case LinkState.Accepted accepted -> this.accounts.find(jwt)
				.filter((account) -> accepted.invitation().isAcceptedBy(account.id()))
				.map((account) -> accepted.invitation())
				.switchIfEmpty(Mono.error(InvitationAlreadyAccepted::new));
			case LinkState.Expired expired -> Mono.error(new LinkExpired());
			case LinkState.Superseded superseded -> Mono.error(new LinkSuperseded());
			case LinkState.Revoked revoked -> Mono.error(new InvitationRevoked());
			case LinkState.NotYetKnown notYetKnown -> Mono.error(new LinkNotYetKnown());
			case LinkState.Unknown unknown -> Mono.error(new UnknownLink());
		};
	}

	private static InviteeLanguage language(@Nullable String wanted, Invitation invitation) {
		return (wanted == null) ? invitation.language() : InviteeLanguage.ofCode(wanted).orElse(invitation.language());
	}

}
