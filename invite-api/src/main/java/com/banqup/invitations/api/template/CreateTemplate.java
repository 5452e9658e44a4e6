package com.banqup.invitations.api.template;

import java.time.Clock;
import java.time.Instant;

import com.banqup.invitations.api.id.NewIds;
import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Creates a configuration template. */
@Service
public class CreateTemplate {

	private final ConfigurationTemplates templates;

	private final NewIds ids;

	private final Clock clock;

	public CreateTemplate(ConfigurationTemplates templates, NewIds ids, Clock clock) {
		this.templates = templates;
		this.ids = ids;
		this.clock = clock;
	}

	@Transactional
	public Mono<ConfigurationTemplate> create(PartnerSpaceId partnerSpaceId, TemplateDetails details) {
		return Mono.fromSupplier(() -> newTemplate(partnerSpaceId, details)).flatMap(this.templates::add);
	}

	private ConfigurationTemplate newTemplate(PartnerSpaceId partnerSpaceId, TemplateDetails details) {
		Instant now = this.clock.instant();
		return new ConfigurationTemplate(new TemplateId(this.ids.next()), partnerSpaceId, details, now, now);
	}

}
