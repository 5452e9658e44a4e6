package com.banqup.invitations.api.partnerspace.web;

import java.time.Clock;
import java.util.UUID;

import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import com.banqup.invitations.api.partnerspace.PartnerSpaces;
import com.banqup.invitations.api.text.PlainText;
import com.banqup.invitations.api.turns.Turns;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import static java.util.Objects.requireNonNull;

@RestController
@RequestMapping(path = "/v1/partner-spaces/{partnerSpaceId}", produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Partner Space")
class PartnerSpaceController {

	private final PartnerSpaces partnerSpaces;

	private final Turns turns;

	private final Clock clock;

	PartnerSpaceController(PartnerSpaces partnerSpaces, Turns turns, Clock clock) {
		this.partnerSpaces = partnerSpaces;
		this.turns = turns;
		this.clock = clock;
	}

	@PutMapping
	@Operation(operationId = "namePartnerSpace", summary = "Name the Partner Space",
			description = "Sets the name that clients see in mails and on pages. Clients can be invited once it is set. Role: Administrator or Client Manager.")
	Mono<PartnerSpaceView> name(@PathVariable UUID partnerSpaceId, @Valid @RequestBody PartnerSpaceForm form) {
		PartnerSpaceId id = new PartnerSpaceId(partnerSpaceId);
		String name = PlainText.line(requireNonNull(form.name()));
		return this.turns.take(partnerSpaceId, () -> this.partnerSpaces.name(id, name, this.clock.instant()))
			.map(PartnerSpaceView::of);
	}

	@GetMapping
	@Operation(operationId = "getPartnerSpace", summary = "Read the Partner Space",
			description = "404 with type partner-space-without-name as long as nobody has named it.")
	Mono<PartnerSpaceView> get(@PathVariable UUID partnerSpaceId) {
		PartnerSpaceId id = new PartnerSpaceId(partnerSpaceId);
		return this.partnerSpaces.find(id)
			.map(PartnerSpaceView::of)
			.switchIfEmpty(Mono.error(() -> new PartnerSpaceNotNamed(id)));
	}

}
