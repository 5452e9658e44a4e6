package com.banqup.invitations.api.template;

import java.util.List;

import com.banqup.invitations.schemas.InviteeLanguage;
import com.banqup.invitations.schemas.Permission;
import org.jspecify.annotations.Nullable;

/**
 * What a partner settles once for many invitations.
 *
 * @param name what the partner calls the template
 * @param language of mail and pages when neither request nor client names one
 * @param message the partner's own words when the request brings none, null for none
 * @param expiresInDays how long a client can accept, 1 to 90
 * @param permissions the access asked for, each once
 */
public record TemplateDetails(String name, InviteeLanguage language, @Nullable String message, int expiresInDays,
		List<Permission> permissions) {

	/** The shortest time a client can have. */
	public static final int MIN_DAYS = 1;

	/** The longest time a client can have. */
	public static final int MAX_DAYS = 90;

	public TemplateDetails {
		if (expiresInDays < MIN_DAYS || expiresInDays > MAX_DAYS) {
			throw new IllegalArgumentException(
					"expiresInDays: " + expiresInDays + " (expected: " + MIN_DAYS + ".." + MAX_DAYS + ")");
		}
		permissions = permissions.stream().distinct().sorted().toList();
		if (permissions.isEmpty()) {
			throw new IllegalArgumentException("permissions: none (expected: at least one)");
		}
	}

}
