package com.banqup.invitations.api.invitation;

import java.util.List;

import com.banqup.invitations.api.client.ClientId;
import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import com.banqup.invitations.api.template.TemplateId;
import com.banqup.invitations.schemas.InviteeLanguage;
import org.jspecify.annotations.Nullable;

/**
 * A partner's wish to invite clients.
 *
 * @param partnerSpaceId who invites
 * @param clientIds whom; a client named twice is invited once
 * @param templateId on which terms
 * @param message instead of the template's, null to keep that
 * @param language instead of the client's and the template's, null to keep these
 * @param requestedBy subject of the user who asks
 */
public record InviteRequest(PartnerSpaceId partnerSpaceId, List<ClientId> clientIds, TemplateId templateId,
		@Nullable String message, @Nullable InviteeLanguage language, String requestedBy) {

	/** How many clients one request can invite. */
	public static final int MAX_CLIENTS = 1_000;

	public InviteRequest {
		clientIds = clientIds.stream().distinct().toList();
		if (clientIds.isEmpty() || clientIds.size() > MAX_CLIENTS) {
			throw new IllegalArgumentException(
					"clientIds: " + clientIds.size() + " (expected: 1.." + MAX_CLIENTS + ")");
		}
	}

}
