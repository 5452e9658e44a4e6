package com.banqup.invitations.api.overview.web;

import java.time.Clock;
import java.util.Map;
import java.util.UUID;

import com.banqup.invitations.api.client.ClientStatus;
import com.banqup.invitations.api.invitation.DeliveryState;
import com.banqup.invitations.api.invitation.InvitationState;
import com.banqup.invitations.api.overview.Overview;
import com.banqup.invitations.api.overview.Overviews;
import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import reactor.core.publisher.Mono;

import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

@RestController
@Tag(name = "Overview")
class OverviewController {

	private final Overviews overviews;

	private final Clock clock;

	OverviewController(Overviews overviews, Clock clock) {
		this.overviews = overviews;
		this.clock = clock;
	}

	@GetMapping(path = "/v1/partner-spaces/{partnerSpaceId}/overview", produces = MediaType.APPLICATION_JSON_VALUE)
	@Operation(operationId = "getOverview", summary = "Count clients, invitations and deliveries",
			description = "Deliveries are those of the invitations' current generations.")
	Mono<OverviewView> count(@PathVariable UUID partnerSpaceId) {
		return Mono.fromSupplier(this.clock::instant)
			.flatMap((now) -> this.overviews.count(new PartnerSpaceId(partnerSpaceId), now))
			.map(OverviewView::of);
	}

	/** The numbers of a Partner Space. */
	@Schema(name = "Overview")
	record OverviewView(ClientCounts clients, @Schema(description = "By state.",
			example = "{\"PENDING\":12,\"ACCEPTED\":30,\"EXPIRED\":2,\"REVOKED\":1}") Map<InvitationState, Long> invitations,
			@Schema(description = "By state of the current generation's mail.",
					example = "{\"QUEUED\":0,\"DEFERRED\":1,\"CANCELLED\":0,\"REJECTED\":1,\"SENT\":43}") Map<DeliveryState, Long> deliveries) {

		static OverviewView of(Overview overview) {
			return new OverviewView(
					new ClientCounts(overview.clients().getOrDefault(ClientStatus.INACTIVE, 0L),
							overview.clients().getOrDefault(ClientStatus.ACTIVE, 0L)),
					overview.invitations(), overview.deliveries());
		}

		/** Clients by tab. */
		@Schema(name = "ClientCounts")
		record ClientCounts(long inactive, long active) {
		}

	}

}
