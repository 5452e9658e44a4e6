package com.banqup.invitations.api.access;

import java.time.Duration;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where a bearer token says what its owner may do.
 *
 * @param partnerSpaceClaim the claim with the Partner Space's id
 * @param roleClaim the claim with the role in it, or with a list of roles
 * @param issuerTimeout how long the issuer may take to hand out its keys
 */
@Validated
@ConfigurationProperties("invite.access")
public record AccessProperties(@DefaultValue("partner_space_id") @NotBlank String partnerSpaceClaim,
		@DefaultValue("partner_role") @NotBlank String roleClaim,
		@DefaultValue("10s") @NotNull Duration issuerTimeout) {

	public AccessProperties {
		if (!issuerTimeout.isPositive()) {
			throw new IllegalArgumentException(
					"invite.access.issuer-timeout: " + issuerTimeout + " (expected: more than 0)");
		}
	}

}
