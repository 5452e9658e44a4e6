package com.banqup.invitations.api.invitation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import com.banqup.invitations.api.template.ConfigurationTemplate;
import com.banqup.invitations.api.template.TemplateDetails;
import com.banqup.invitations.api.template.TemplateId;
import com.banqup.invitations.schemas.InviteeLanguage;
import com.banqup.invitations.schemas.Permission;
import org.jspecify.annotations.Nullable;

/**
 * What the invitations of one request have in common.
 *
 * @param partnerSpaceId who invites
 * @param templateId the configuration template they are made from
 * @param topic where their requests go
 * @param language of all mails, null to follow each client
 * @param fallbackLanguage for clients without a language
 * @param message the partner's own words, null for none
 * @param permissions the access asked for
 * @param expiresInDays how long they can be accepted
 * @param requestedBy subject of the user who asks
 * @param requestedAt when
 */
public record InvitationTerms(PartnerSpaceId partnerSpaceId, TemplateId templateId, String topic,
		@Nullable InviteeLanguage language, InviteeLanguage fallbackLanguage, @Nullable String message,
		List<Permission> permissions, int expiresInDays, String requestedBy, Instant requestedAt) {

	static InvitationTerms of(InviteRequest request, ConfigurationTemplate template, String topic, Instant now) {
		TemplateDetails details = template.details();
		return new InvitationTerms(request.partnerSpaceId(), template.id(), topic, request.language(),
				details.language(), (request.message() != null) ? request.message() : details.message(),
				details.permissions(), details.expiresInDays(), request.requestedBy(), now);
	}

	/** The terms of a bulk's rows, whose messages and languages come with each. */
	public static InvitationTerms ofBulk(ConfigurationTemplate template, String topic, String requestedBy,
			Instant now) {
		TemplateDetails details = template.details();
		return new InvitationTerms(template.partnerSpaceId(), template.id(), topic, null, details.language(),
				details.message(), details.permissions(), details.expiresInDays(), requestedBy, now);
	}

	/** Until when the invitations can be accepted. */
	public Instant expiresAt() {
		return this.requestedAt.plus(Duration.ofDays(this.expiresInDays));
	}

}
