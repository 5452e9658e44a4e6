package com.banqup.invitations.api.invitation.web;

import java.util.List;
import java.util.UUID;

import com.banqup.invitations.api.invitation.InvitationId;
import com.banqup.invitations.api.invitation.InviteOutcome;
import com.banqup.invitations.api.invitation.InviteOutcome.Accepted;
import com.banqup.invitations.api.invitation.InviteOutcome.Refused;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What became of a request to invite. */
@Schema(name = "InviteResults")
record InviteView(@Schema(description = "One per client, in the order of the request.") List<Result> results) {

	static InviteView of(List<InviteOutcome> outcomes) {
		return new InviteView(outcomes.stream().map(Result::of).toList());
	}

	/** What became of the wish to invite one client. */
	@Schema(name = "InviteResult")
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record Result(UUID clientId, @Schema(allowableValues = {
			"accepted", "refused" }) String outcome,
			@Schema(description = "Why the client was not invited; absent if it was.",
					allowableValues = { "already-invited", "already-linked",
							"unknown-client" }) @Nullable String reason,
			@Schema(description = "The new invitation, or the one that is pending already.") @Nullable UUID invitationId,
			@Schema(description = "The reason in words.") @Nullable String detail){

		static Result of(InviteOutcome outcome) {
			return switch (outcome) {
				case Accepted accepted ->
					new Result(accepted.clientId().value(), "accepted", null, accepted.invitationId().value(), null);
				case Refused refused -> new Result(refused.clientId().value(), "refused", refused.reason().code(),
						value(refused.invitationId()), refused.reason().detail());
			};
		}

		private static @Nullable UUID value(@Nullable InvitationId id) {
			return (id != null) ? id.value() : null;
		}

	}

}
