package com.banqup.invitations.acceptance.consent;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.banqup.invitations.schemas.InviteeLanguage;
import com.banqup.invitations.schemas.Permission;

/**
 * The record of what a person agreed to: who, when, what for, in which words. From the
 * text's version, language, partner name and permissions the words can be made again, and
 * the hash proves that they are the same.
 */
public record Consent(UUID id, UUID invitationId, int generation, UUID linkId, UUID partnerSpaceId, String partnerName,
		UUID businessSpaceId, UUID accountId, List<Permission> permissions, InviteeLanguage language,
		String textVersion, String textHash, Instant givenAt) {

	public Consent {
		permissions = List.copyOf(permissions);
	}

}
