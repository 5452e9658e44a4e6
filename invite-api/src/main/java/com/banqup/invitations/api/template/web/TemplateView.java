package com.banqup.invitations.api.template.web;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.banqup.invitations.api.template.ConfigurationTemplate;
import com.banqup.invitations.api.template.TemplateDetails;
import com.banqup.invitations.schemas.Permission;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A configuration template. */
@Schema(name = "ConfigurationTemplate")
@JsonInclude(JsonInclude.Include.NON_NULL)
record TemplateView(UUID id, @Schema(example = "New clients 2026") String name, @Schema(example = "nl") String language,
		@Nullable String message, @Schema(example = "30") int expiresInDays,
		@Schema(example = "[\"view-documents\",\"view-reports\"]") List<String> permissions, Instant createdAt,
		Instant updatedAt) {

	static TemplateView of(ConfigurationTemplate template) {
		TemplateDetails details = template.details();
		return new TemplateView(template.id().value(), details.name(), details.language().code(), details.message(),
				details.expiresInDays(), details.permissions().stream().map(Permission::code).toList(),
				template.createdAt(), template.updatedAt());
	}

}
