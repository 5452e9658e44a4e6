package com.banqup.invitations.api.invitation.web;

import java.security.Principal;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

import com.banqup.invitations.api.client.ClientId;
import com.banqup.invitations.api.idempotency.web.IdempotentAnswers;
import com.banqup.invitations.api.invitation.DeliveryState;
import com.banqup.invitations.api.invitation.InvitationFilter;
import com.banqup.invitations.api.invitation.InvitationId;
import com.banqup.invitations.api.invitation.InvitationState;
import com.banqup.invitations.api.invitation.Invitations;
import com.banqup.invitations.api.invitation.InviteClients;
import com.banqup.invitations.api.invitation.InviteOutcome;
import com.banqup.invitations.api.invitation.ResendInvitation;
import com.banqup.invitations.api.invitation.RevokeInvitation;
import com.banqup.invitations.api.paging.PageRequest;
import com.banqup.invitations.api.paging.web.PageParameters;
import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

@RestController
@RequestMapping(path = "/v1/partner-spaces/{partnerSpaceId}", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Invitations")
class InvitationController {

	private final InviteClients inviteClients;

	private final ResendInvitation resendInvitation;

	private final RevokeInvitation revokeInvitation;

	private final Invitations invitations;

	private final InviteCounters counters;

	private final IdempotentAnswers answers;

	private final Clock clock;

	InvitationController(InviteClients inviteClients, ResendInvitation resendInvitation,
			RevokeInvitation revokeInvitation, Invitations invitations, InviteCounters counters,
			IdempotentAnswers answers, Clock clock) {
		this.inviteClients = inviteClients;
		this.resendInvitation = resendInvitation;
		this.revokeInvitation = revokeInvitation;
		this.invitations = invitations;
		this.counters = counters;
		this.answers = answers;
		this.clock = clock;
	}

	@PostMapping("/invitations")
	@Operation(operationId = "inviteClients", summary = "Invite clients",
			description = "Invites up to 1,000 clients and answers for each of them whether it was accepted. Mails follow; "
					+ "their delivery shows on the invitations. Language of a mail: the request's, else the client's, else the "
					+ "template's. Message: the request's, else the template's. Mails of requests with more than 20 clients "
					+ "(unless the operator sets another number) go with those of bulks: later than those of others, which "
					+ "do not wait for them. Role: Administrator or Client Manager.")
	@ApiResponse(responseCode = "202", description = "Decided for every client.",
			content = @Content(mediaType = "application/json", schema = @Schema(implementation = InviteView.class)))
	@ApiResponse(responseCode = "404", description = "configuration-template-not-found, or partner-space-not-found",
			content = @Content(mediaType = "application/problem+json", schema = @Schema(ref = "Problem")))
	@ApiResponse(responseCode = "409", description = "partner-space-without-name, or request-in-progress",
			content = @Content(mediaType = "application/problem+json", schema = @Schema(ref = "Problem")))
	@ApiResponse(responseCode = "429", description = "daily-limit-reached: nobody was invited; or too-many-requests",
			content = @Content(mediaType = "application/problem+json", schema = @Schema(ref = "Problem")))
	Mono<ResponseEntity<Object>> invite(@PathVariable UUID partnerSpaceId, @Valid @RequestBody InviteForm form,
			@Parameter(hidden = true) Principal principal, @Parameter(hidden = true) ServerWebExchange exchange) {
		PartnerSpaceId space = new PartnerSpaceId(partnerSpaceId);
		return this.answers.answer(exchange, space, form,
				() -> this.inviteClients.invite(form.request(space, principal.getName()))
					.flatMap(this.counters::countWhenCommitted)
					.map(InvitationController::decided));
	}

	private static ResponseEntity<InviteView> decided(List<InviteOutcome> outcomes) {
		return ResponseEntity.accepted().body(InviteView.of(outcomes));
	}

	@GetMapping("/invitations")
	@Operation(operationId = "listInvitations", summary = "List invitations", description = "Newest first.")
	Mono<InvitationPageView> list(@PathVariable UUID partnerSpaceId,
			@RequestParam(required = false) @Nullable InvitationState state,
			@RequestParam(required = false) @Nullable DeliveryState delivery,
			@RequestParam(required = false) @Nullable UUID clientId, @ParameterObject PageParameters page) {
		InvitationFilter filter = new InvitationFilter(state, delivery,
				(clientId != null) ? new ClientId(clientId) : null);
		PageRequest request = page.pageRequest();
		return Mono.fromSupplier(this.clock::instant)
			.flatMap((now) -> this.invitations.list(new PartnerSpaceId(partnerSpaceId), filter, request, now))
			.map(InvitationPageView::of);
	}

	@GetMapping("/invitations/{invitationId}")
	@Operation(operationId = "getInvitation", summary = "Read an invitation")
	Mono<InvitationView> get(@PathVariable UUID partnerSpaceId, @PathVariable UUID invitationId) {
		return Mono.fromSupplier(this.clock::instant)
			.flatMap((now) -> this.invitations.require(new PartnerSpaceId(partnerSpaceId),
					new InvitationId(invitationId), now))
			.map(InvitationView::of);
	}

	@PostMapping("/clients/{clientId}/invitation/resend")
	@Operation(operationId = "resendInvitation", summary = "Send a client's invitation again",
			description = "The same invitation in its next generation: a new mail to the address the client has now, and the "
					+ "time to accept starts again. Older links no longer work. An expired invitation becomes pending again. "
					+ "Role: Administrator or Client Manager.")
	@ApiResponse(responseCode = "202", description = "Requested.",
			content = @Content(mediaType = "application/json", schema = @Schema(implementation = ResendView.class)))
	@ApiResponse(responseCode = "409",
			description = "no-pending-invitation, already-linked, revocation-in-progress, sent-too-often, or request-in-progress",
			content = @Content(mediaType = "application/problem+json", schema = @Schema(ref = "Problem")))
	@ApiResponse(responseCode = "429", description = "daily-limit-reached, or too-many-requests",
			content = @Content(mediaType = "application/problem+json", schema = @Schema(ref = "Problem")))
	Mono<ResponseEntity<Object>> resend(@PathVariable UUID partnerSpaceId, @PathVariable UUID clientId,
			@Parameter(hidden = true) Principal principal, @Parameter(hidden = true) ServerWebExchange exchange) {
		PartnerSpaceId space = new PartnerSpaceId(partnerSpaceId);
		return this.answers.answer(exchange, space, null,
				() -> this.resendInvitation.resend(space, new ClientId(clientId), principal.getName())
					.map((invitation) -> ResponseEntity.accepted().body(ResendView.of(invitation))));
	}

	@PostMapping("/invitations/{invitationId}/revoke")
	@Operation(operationId = "revokeInvitation", summary = "Revoke an invitation",
			description = "Asks the acceptance service to end the invitation. It is REVOKED when that service confirms, and "
					+ "ACCEPTED if the client was faster. Asking again changes nothing. Role: Administrator or Client Manager.")
	@ApiResponse(responseCode = "202", description = "Requested.",
			content = @Content(mediaType = "application/json", schema = @Schema(implementation = InvitationView.class)))
	@ApiResponse(responseCode = "409", description = "no-pending-invitation, already-linked, or request-in-progress",
			content = @Content(mediaType = "application/problem+json", schema = @Schema(ref = "Problem")))
	Mono<ResponseEntity<Object>> revoke(@PathVariable UUID partnerSpaceId, @PathVariable UUID invitationId,
			@Parameter(hidden = true) Principal principal, @Parameter(hidden = true) ServerWebExchange exchange) {
		PartnerSpaceId space = new PartnerSpaceId(partnerSpaceId);
		return this.answers.answer(exchange, space, null,
				() -> this.revokeInvitation.revoke(space, new InvitationId(invitationId), principal.getName())
					.map((invitation) -> ResponseEntity.accepted().body(InvitationView.of(invitation))));
	}

}
