package com.banqup.invitations.api.invitation.web;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.banqup.invitations.api.invitation.Delivery;
import com.banqup.invitations.api.invitation.DeliveryState;
import com.banqup.invitations.api.invitation.Invitation;
import com.banqup.invitations.api.invitation.InvitationState;
import com.banqup.invitations.api.invitation.Progress;
import com.banqup.invitations.schemas.Permission;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An invitation. */
@Schema(name = "Invitation")
@JsonInclude(JsonInclude.Include.NON_NULL)
record InvitationView(UUID id, UUID clientId, UUID templateId, InvitationState state,
		@Schema(description = "1 for the first mail, one more for each resend.") int generation,
		@Schema(example = "nl") String language, @Nullable String message,
		@Schema(example = "[\"view-documents\",\"view-reports\"]") List<String> permissions,
		@Schema(description = "When the client was invited.") Instant createdAt,
		@Schema(description = "When the current generation was asked for.") Instant requestedAt,
		@Schema(description = "Until when the current generation can be accepted.") Instant expiresAt,
		@Schema(description = "When the client accepted; absent while it has not.") @Nullable Instant acceptedAt,
		@Schema(description = "When you asked to revoke it; absent if you have not.") @Nullable Instant revocationRequestedAt,
		DeliveryView delivery, @Schema(description = "How far the client got.") Progress progress) {

	static InvitationView of(Invitation invitation) {
		return new InvitationView(invitation.id().value(), invitation.clientId().value(),
				invitation.templateId().value(), invitation.state(), invitation.generation(),
				invitation.language().code(), invitation.message(),
				invitation.permissions().stream().map(Permission::code).toList(), invitation.createdAt(),
				invitation.requestedAt(), invitation.expiresAt(), invitation.acceptedAt(),
				invitation.revocationRequestedAt(), DeliveryView.of(invitation.delivery()), invitation.progress());
	}

	/** The mail of the current generation. */
	@Schema(name = "Delivery")
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record DeliveryView(@Schema(description = "SENT means that the mail relay took it.") DeliveryState state,
			@Schema(description = "Stable code of the reason.", example = "mailbox-unknown") @Nullable String reason,
			@Schema(description = "The relay's SMTP reply code.", example = "250") @Nullable Integer replyCode,
			int attempts, @Schema(description = "When the next attempt is due.") @Nullable Instant nextAttemptAt,
			@Schema(description = "Since when it is so.") Instant at) {

		static DeliveryView of(Delivery delivery) {
			return new DeliveryView(delivery.state(), delivery.reason(), delivery.replyCode(), delivery.attempts(),
					delivery.nextAttemptAt(), delivery.at());
		}

	}

}
