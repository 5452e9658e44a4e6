package com.banqup.invitations.api.template;

import java.time.Clock;
import java.util.function.UnaryOperator;

import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Changes a configuration template, for what is requested from then on. */
@Service
public class ChangeTemplate {

	private final ConfigurationTemplates templates;

	private final Clock clock;

	public ChangeTemplate(ConfigurationTemplates templates, Clock clock) {
		this.templates = templates;
		this.clock = clock;
	}

	/** Errors with {@link TemplateNotFound}. */
	@Transactional
	public Mono<ConfigurationTemplate> change(PartnerSpaceId partnerSpaceId, TemplateId id,
			UnaryOperator<TemplateDetails> change) {
		return this.templates.requireLocked(partnerSpaceId, id).flatMap((template) -> update(template, change));
	}

	private Mono<ConfigurationTemplate> update(ConfigurationTemplate template, UnaryOperator<TemplateDetails> change) {
		TemplateDetails changed = change.apply(template.details());
		return changed.equals(template.details()) ? Mono.just(template)
				: this.templates.update(template.changed(changed, this.clock.instant()));
	}

}
