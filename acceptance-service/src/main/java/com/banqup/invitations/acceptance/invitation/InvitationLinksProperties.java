package com.banqup.invitations.acceptance.invitation;

import java.util.Map;

import com.banqup.invitations.link.LinkKeys;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/**
 * The keys that links are made with, the same as the dispatcher's.
 *
 * @param currentKey id of the key that new links are made with (0..255)
 * @param keys every key by its id, in Base64, at least {@value LinkKeys#MIN_KEY_BYTES}
 * bytes each
 */
@Validated
@ConfigurationProperties("invitation-links")
record InvitationLinksProperties(@NotNull Integer currentKey, @NotEmpty Map<Integer, String> keys) {

	@Override
	public String toString() {
		return "InvitationLinksProperties[currentKey=%s]".formatted(this.currentKey);
	}

}
