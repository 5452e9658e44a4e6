package com.banqup.invitations.acceptance.account;

import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A person who accepts.
 *
 * @param id our id, the one that events carry
 * @param issuer the identity provider
 * @param subject the person at the identity provider
 * @param name the last name that the identity provider told, null for none
 */
public record Account(UUID id, String issuer, String subject, @Nullable String name) {

	@Override
	public String toString() {
		return "Account[%s]".formatted(this.id);
	}

}
