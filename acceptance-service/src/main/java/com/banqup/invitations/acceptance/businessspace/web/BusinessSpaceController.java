package com.banqup.invitations.acceptance.businessspace.web;

import java.net.URI;
import java.util.List;
import java.util.UUID;

import com.banqup.invitations.acceptance.account.web.BearerAccounts;
import com.banqup.invitations.acceptance.businessspace.BusinessSpaceNotYours;
import com.banqup.invitations.acceptance.businessspace.BusinessSpaces;
import com.banqup.invitations.acceptance.businessspace.NewBusinessSpace;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/v1/business-spaces", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Business Spaces", description = "The Business Spaces of whoever is logged in")
class BusinessSpaceController {

	private final BearerAccounts accounts;

	private final BusinessSpaces businessSpaces;

	BusinessSpaceController(BearerAccounts accounts, BusinessSpaces businessSpaces) {
		this.accounts = accounts;
		this.businessSpaces = businessSpaces;
	}

	@GetMapping
	@Operation(summary = "List the account's Business Spaces")
	Mono<BusinessSpacesView> list(@AuthenticationPrincipal Jwt token) {
		return this.accounts.find(token)
			.flatMap(this.businessSpaces::list)
			.defaultIfEmpty(List.of())
			.map((spaces) -> new BusinessSpacesView(spaces.stream().map(BusinessSpaceView::of).toList()));
	}

	@GetMapping("/{id}")
	@Operation(summary = "Read one of the account's Business Spaces")
	@ApiResponse(responseCode = "200")
	@ApiResponse(responseCode = "404", description = "business-space-not-found")
	Mono<BusinessSpaceView> read(@AuthenticationPrincipal Jwt token, @PathVariable UUID id) {
		return this.accounts.find(token)
			.flatMap((account) -> this.businessSpaces.require(account, id))
			.switchIfEmpty(Mono.error(() -> new BusinessSpaceNotYours(id)))
			.map(BusinessSpaceView::of);
	}

	@PostMapping
	@Operation(summary = "Create a Business Space",
			description = "Safe to repeat: the same country and number give the Business Space that is there.")
	@ApiResponse(responseCode = "201")
	@ApiResponse(responseCode = "400", description = "invalid-request: see errors; malformed-request")
	@ApiResponse(responseCode = "409", description = "too-many-business-spaces")
	Mono<ResponseEntity<BusinessSpaceView>> create(@AuthenticationPrincipal Jwt token,
			@RequestBody BusinessSpaceForm form) {
		NewBusinessSpace space = form.toNewBusinessSpace();
		return this.accounts.signedIn(token)
			.flatMap((account) -> this.businessSpaces.create(account, space))
			.map(BusinessSpaceView::of)
			.map((view) -> ResponseEntity.created(URI.create("/v1/business-spaces/" + view.id())).body(view));
	}

}
