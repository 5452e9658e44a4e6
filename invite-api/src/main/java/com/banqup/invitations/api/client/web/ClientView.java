package com.banqup.invitations.api.client.web;

import java.time.Instant;
import java.util.UUID;

import com.banqup.invitations.api.client.Client;
import com.banqup.invitations.api.client.ClientDetails;
import com.banqup.invitations.api.client.ClientInvitation;
import com.banqup.invitations.api.client.ClientStatus;
import com.banqup.invitations.api.client.ListedClient;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A client. */
@Schema(name = "Client")
@JsonInclude(JsonInclude.Include.NON_NULL)
record ClientView(UUID id, @Schema(example = "Bäckerei Müller GmbH") String name,
		@Schema(description = "The address as it was given.", example = "info@baeckerei-mueller.example") String email,
		@Schema(example = "de") @Nullable String language,
		@Schema(example = "K-10042") @Nullable String externalReference,
		@Schema(example = "DE136695976") @Nullable String vatNumber, @Schema(example = "DE") @Nullable String country,
		@Schema(description = "INACTIVE until the client accepts and the spaces are linked.") ClientStatus status,
		Instant createdAt, Instant updatedAt,
		@Schema(description = "When the spaces were linked; absent while they are not.") @Nullable Instant activeSince,
		@Schema(description = "The latest invitation; absent if the client was never invited.") @Nullable InvitationSummary invitation) {

	static ClientView of(ListedClient listed) {
		ClientInvitation latest = listed.invitation();
		return of(listed.client(), (latest != null) ? InvitationSummary.of(latest) : null);
	}

	static ClientView of(Client client) {
		return of(client, null);
	}

	private static ClientView of(Client client, @Nullable InvitationSummary invitation) {
		ClientDetails details = client.details();
		return new ClientView(client.id().value(), details.name(), details.email().given(),
				(details.language() != null) ? details.language().code() : null, details.externalReference(),
				details.vatNumber(), details.country(), client.status(), client.createdAt(), client.updatedAt(),
				client.activeSince(), invitation);
	}

	/** An invitation at a glance. */
	@Schema(name = "InvitationSummary")
	record InvitationSummary(UUID id, @Schema(allowableValues = {
			"PENDING", "ACCEPTED", "EXPIRED", "REVOKED" }) String state,
			@Schema(description = "1 for the first mail, one more for each resend.") int generation,
			@Schema(allowableValues = { "QUEUED", "SENT", "DEFERRED", "REJECTED", "CANCELLED" }) String delivery,
			@Schema(allowableValues = { "NONE", "OPENED", "SIGNED_IN", "SPACE_CHOSEN", "CONFIRMED" }) String progress,
			Instant expiresAt){

		static InvitationSummary of(ClientInvitation invitation) {
			return new InvitationSummary(invitation.id(), invitation.state(), invitation.generation(),
					invitation.delivery(), invitation.progress(), invitation.expiresAt());
		}

	}

}
