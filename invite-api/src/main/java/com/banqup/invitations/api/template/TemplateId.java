package com.banqup.invitations.api.template;

import java.util.UUID;

/**
 * Identifies a configuration template.
 *
 * @param value the id
 */
public record TemplateId(UUID value) {

	@Override
	public String toString() {
		return this.value.toString();
	}

}
