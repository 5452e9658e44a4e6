package com.banqup.invitations.api.template;

import com.banqup.invitations.api.paging.Page;
import com.banqup.invitations.api.paging.PageRequest;
import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import reactor.core.publisher.Mono;

/** The configuration templates of all Partner Spaces. */
public interface ConfigurationTemplates {

	/** Adds the template. */
	Mono<ConfigurationTemplate> add(ConfigurationTemplate template);

	/** Writes the template's details. */
	Mono<ConfigurationTemplate> update(ConfigurationTemplate template);

	/** The template. Errors with {@link TemplateNotFound}. */
	Mono<ConfigurationTemplate> require(PartnerSpaceId partnerSpaceId, TemplateId id);

	/**
	 * The template, locked until the running transaction ends. Errors with
	 * {@link TemplateNotFound}.
	 */
	Mono<ConfigurationTemplate> requireLocked(PartnerSpaceId partnerSpaceId, TemplateId id);

	/** A page of templates, newest first. */
	Mono<Page<ConfigurationTemplate>> list(PartnerSpaceId partnerSpaceId, PageRequest page);

}
