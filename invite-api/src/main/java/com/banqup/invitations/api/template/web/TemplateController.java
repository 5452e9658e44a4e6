package com.banqup.invitations.api.template.web;

import java.net.URI;
import java.util.UUID;

import com.banqup.invitations.api.idempotency.web.IdempotentAnswers;
import com.banqup.invitations.api.paging.web.PageParameters;
import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import com.banqup.invitations.api.json.MergePatches;
import com.banqup.invitations.api.template.ChangeTemplate;
import com.banqup.invitations.api.template.ConfigurationTemplate;
import com.banqup.invitations.api.template.ConfigurationTemplates;
import com.banqup.invitations.api.template.CreateTemplate;
import com.banqup.invitations.api.template.TemplateDetails;
import com.banqup.invitations.api.template.TemplateId;
import com.banqup.invitations.api.turns.Turns;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import org.springdoc.core.annotations.ParameterObject;
import reactor.core.publisher.Mono;
import tools.jackson.databind.node.ObjectNode;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

@RestController
@RequestMapping(path = "/v1/partner-spaces/{partnerSpaceId}/configuration-templates",
		produces = MediaType.APPLICATION_JSON_VALUE)
@Tag(name = "Configuration templates")
class TemplateController {

	private final CreateTemplate createTemplate;

	private final ChangeTemplate changeTemplate;

	private final ConfigurationTemplates templates;

	private final IdempotentAnswers answers;

	private final Turns turns;

	private final MergePatches patches;

	TemplateController(CreateTemplate createTemplate, ChangeTemplate changeTemplate, ConfigurationTemplates templates,
			IdempotentAnswers answers, Turns turns, MergePatches patches) {
		this.createTemplate = createTemplate;
		this.changeTemplate = changeTemplate;
		this.templates = templates;
		this.answers = answers;
		this.turns = turns;
		this.patches = patches;
	}

	@PostMapping
	@Operation(operationId = "createConfigurationTemplate", summary = "Create a configuration template",
			description = "Role: Administrator or Client Manager.")
	@ApiResponse(responseCode = "201", description = "Created; the Location header says where it is.",
			content = @Content(mediaType = "application/json", schema = @Schema(implementation = TemplateView.class)))
	Mono<ResponseEntity<Object>> create(@PathVariable UUID partnerSpaceId, @Valid @RequestBody TemplateForm form,
			@Parameter(hidden = true) ServerWebExchange exchange) {
		PartnerSpaceId space = new PartnerSpaceId(partnerSpaceId);
		return this.answers.answer(exchange, space, form,
				() -> this.createTemplate.create(space, form.details()).map(TemplateController::created));
	}

	private static ResponseEntity<TemplateView> created(ConfigurationTemplate template) {
		URI location = URI
			.create("/v1/partner-spaces/" + template.partnerSpaceId() + "/configuration-templates/" + template.id());
		return ResponseEntity.created(location).body(TemplateView.of(template));
	}

	@GetMapping
	@Operation(operationId = "listConfigurationTemplates", summary = "List configuration templates",
			description = "Newest first.")
	Mono<TemplatePageView> list(@PathVariable UUID partnerSpaceId, @ParameterObject PageParameters page) {
		return this.templates.list(new PartnerSpaceId(partnerSpaceId), page.pageRequest()).map(TemplatePageView::of);
	}

	@GetMapping("/{templateId}")
	@Operation(operationId = "getConfigurationTemplate", summary = "Read a configuration template")
	Mono<TemplateView> get(@PathVariable UUID partnerSpaceId, @PathVariable UUID templateId) {
		return this.templates.require(new PartnerSpaceId(partnerSpaceId), new TemplateId(templateId))
			.map(TemplateView::of);
	}

	@PatchMapping(path = "/{templateId}", consumes = { "application/json", "application/merge-patch+json" })
	@Operation(operationId = "changeConfigurationTemplate", summary = "Change a configuration template",
			description = "JSON merge patch: only the fields that are present change; null takes an optional one away. "
					+ "Invitations that exist keep what they were made with. Role: Administrator or Client Manager.")
	@io.swagger.v3.oas.annotations.parameters.RequestBody(
			content = @Content(mediaType = "application/json", schema = @Schema(ref = "ConfigurationTemplatePatch")))
	Mono<TemplateView> change(@PathVariable UUID partnerSpaceId, @PathVariable UUID templateId,
			@RequestBody ObjectNode patch) {
		PartnerSpaceId space = new PartnerSpaceId(partnerSpaceId);
		return this.turns
			.take(partnerSpaceId,
					() -> this.changeTemplate.change(space, new TemplateId(templateId),
							(details) -> patched(details, patch)))
			.map(TemplateView::of);
	}

	private TemplateDetails patched(TemplateDetails details, ObjectNode patch) {
		return this.patches.apply(TemplateForm.of(details), patch, TemplateForm.class).details();
	}

}
