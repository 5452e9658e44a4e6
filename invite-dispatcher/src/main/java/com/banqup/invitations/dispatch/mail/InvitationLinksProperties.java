package com.banqup.invitations.dispatch.mail;

import java.net.URI;
import java.util.Map;

import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * What links are made of. The acceptance service has the same keys.
 *
 * @param baseUrl public address of the acceptance service
 * @param currentKey id of the key that new links are made with
 * @param keys every key by its id, in Base64
 */
@Validated
@ConfigurationProperties("invitation-links")
public record InvitationLinksProperties(@NotNull URI baseUrl, @NotNull Integer currentKey,
		@NotEmpty Map<Integer, String> keys) {

	/** Without the keys. */
	@Override
	public String toString() {
		return "InvitationLinksProperties[baseUrl=%s, currentKey=%s]".formatted(this.baseUrl, this.currentKey);
	}

}
