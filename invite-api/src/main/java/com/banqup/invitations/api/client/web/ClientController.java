package com.banqup.invitations.api.client.web;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.UUID;

import com.banqup.invitations.api.client.AddClient;
import com.banqup.invitations.api.client.ChangeClient;
import com.banqup.invitations.api.client.Client;
import com.banqup.invitations.api.client.ClientDetails;
import com.banqup.invitations.api.client.ClientFilter;
import com.banqup.invitations.api.client.ClientId;
import com.banqup.invitations.api.client.Clients;
import com.banqup.invitations.api.idempotency.web.IdempotentAnswers;
import com.banqup.invitations.api.paging.PageRequest;
import com.banqup.invitations.api.paging.web.PageParameters;
import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import com.banqup.invitations.api.problem.InvalidBody;
import com.banqup.invitations.api.json.MergePatches;
import com.banqup.invitations.api.problem.Problem.FieldError;
import com.banqup.invitations.api.turns.Turns;
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
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

@RestController
@RequestMapping(path = "/v1/partner-spaces/{partnerSpaceId}/clients", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Clients")
class ClientController {

	private final AddClient addClient;

	private final ChangeClient changeClient;

	private final Clients clients;

	private final IdempotentAnswers answers;

	private final Turns turns;

	private final MergePatches patches;

	private final Clock clock;

	ClientController(AddClient addClient, ChangeClient changeClient, Clients clients, IdempotentAnswers answers,
			Turns turns, MergePatches patches, Clock clock) {
		this.addClient = addClient;
		this.changeClient = changeClient;
		this.clients = clients;
		this.answers = answers;
		this.turns = turns;
		this.patches = patches;
		this.clock = clock;
	}

	@PostMapping
	@Operation(operationId = "addClient", summary = "Add a client",
			description = "The client is on the Inactive tab until it accepts an invitation. Role: Administrator or Client Manager.")
	@ApiResponse(responseCode = "201", description = "Added; the Location header says where it is.",
			content = @Content(mediaType = "application/json", schema = @Schema(implementation = ClientView.class)))
	@ApiResponse(responseCode = "409", description = "external-reference-taken, or request-in-progress",
			content = @Content(mediaType = "application/problem+json", schema = @Schema(ref = "Problem")))
	Mono<ResponseEntity<Object>> add(@PathVariable UUID partnerSpaceId, @Valid @RequestBody ClientForm form,
			@Parameter(hidden = true) ServerWebExchange exchange) {
		PartnerSpaceId space = new PartnerSpaceId(partnerSpaceId);
		return this.answers.answer(exchange, space, form,
				() -> this.addClient.add(space, form.details()).map(ClientController::created));
	}

	private static ResponseEntity<ClientView> created(Client client) {
		URI location = URI.create("/v1/partner-spaces/" + client.partnerSpaceId() + "/clients/" + client.id());
		return ResponseEntity.created(location).body(ClientView.of(client));
	}

	@GetMapping
	@Operation(operationId = "listClients", summary = "List clients", description = "Newest first.")
	Mono<ClientPageView> list(@PathVariable UUID partnerSpaceId,
			@Parameter(description = "Only inactive or only active clients.",
					schema = @Schema(allowableValues = { "inactive", "active" })) @RequestParam(
							required = false) @Nullable String tab,
			@Parameter(
					description = "Only clients with this text in name, address or external reference, whatever the case and accents.",
					schema = @Schema(maxLength = ClientFilter.MAX_SEARCH)) @RequestParam(
							required = false) @Nullable String search,
			@ParameterObject PageParameters page) {
		ClientFilter filter = new ClientFilter(ClientTab.status(tab), searched(search));
		PageRequest request = page.pageRequest();
		return Mono.fromSupplier(this.clock::instant)
			.flatMap((now) -> this.clients.list(new PartnerSpaceId(partnerSpaceId), filter, request, now))
			.map(ClientPageView::of);
	}

	private static @Nullable String searched(@Nullable String search) {
		if (search == null || search.isBlank()) {
			return null;
		}
		if (!ClientFilter.isSearchable(search)) {
			throw new InvalidBody(List.of(new FieldError("search", ClientFilter.SEARCH_EXPECTED)));
		}
		return search;
	}

	@GetMapping("/{clientId}")
	@Operation(operationId = "getClient", summary = "Read a client")
	Mono<ClientView> get(@PathVariable UUID partnerSpaceId, @PathVariable UUID clientId) {
		return Mono.fromSupplier(this.clock::instant)
			.flatMap((now) -> this.clients.require(new PartnerSpaceId(partnerSpaceId), new ClientId(clientId), now))
			.map(ClientView::of);
	}

	@PatchMapping(path = "/{clientId}", consumes = { "application/json", "application/merge-patch+json" })
	@Operation(operationId = "changeClient", summary = "Change a client",
			description = "JSON merge patch: only the fields that are present change; null takes an optional one away. "
					+ "A changed address counts for the next mail. Role: Administrator or Client Manager.")
	@io.swagger.v3.oas.annotations.parameters.RequestBody(
			content = @Content(mediaType = "application/json", schema = @Schema(ref = "ClientPatch")))
	@ApiResponse(responseCode = "200", description = "Changed",
			content = @Content(mediaType = "application/json", schema = @Schema(implementation = ClientView.class)))
	@ApiResponse(responseCode = "409", description = "external-reference-taken",
			content = @Content(mediaType = "application/problem+json", schema = @Schema(ref = "Problem")))
	Mono<ClientView> change(@PathVariable UUID partnerSpaceId, @PathVariable UUID clientId,
			@RequestBody ObjectNode patch) {
		PartnerSpaceId space = new PartnerSpaceId(partnerSpaceId);
		return this.turns
			.take(partnerSpaceId,
					() -> this.changeClient.change(space, new ClientId(clientId), (details) -> patched(details, patch)))
			.map(ClientView::of);
	}

	private ClientDetails patched(ClientDetails details, ObjectNode patch) {
		return this.patches.apply(ClientForm.of(details), patch, ClientForm.class).details();
	}

}
