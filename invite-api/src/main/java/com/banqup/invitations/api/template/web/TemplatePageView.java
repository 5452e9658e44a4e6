package com.banqup.invitations.api.template.web;

import java.util.List;

import com.banqup.invitations.api.paging.Page;
import com.banqup.invitations.api.template.ConfigurationTemplate;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A page of configuration templates. */
@Schema(name = "ConfigurationTemplatePage")
@JsonInclude(JsonInclude.Include.NON_NULL)
record TemplatePageView(List<TemplateView> items, @Schema(
		description = "Send it as cursor to get the next page; absent on the last one.") @Nullable String nextCursor) {

	static TemplatePageView of(Page<ConfigurationTemplate> page) {
		return new TemplatePageView(page.map(TemplateView::of).items(),
				(page.next() != null) ? page.next().encode() : null);
	}

}
