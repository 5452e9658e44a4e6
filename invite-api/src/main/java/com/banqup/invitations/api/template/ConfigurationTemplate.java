package com.banqup.invitations.api.template;

import java.time.Instant;

import com.banqup.invitations.api.partnerspace.PartnerSpaceId;

/**
 * A configuration template of a Partner Space. Invitations copy what they need: changing
 * a template changes only what is requested later.
 *
 * @param id which one
 * @param partnerSpaceId whose
 * @param details what it settles
 * @param createdAt when it was made
 * @param updatedAt when it last changed
 */
public record ConfigurationTemplate(TemplateId id, PartnerSpaceId partnerSpaceId, TemplateDetails details,
		Instant createdAt, Instant updatedAt) {

	ConfigurationTemplate changed(TemplateDetails changed, Instant at) {
		return new ConfigurationTemplate(this.id, this.partnerSpaceId, changed, this.createdAt, at);
	}

}
