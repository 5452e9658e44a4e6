package com.banqup.invitations.acceptance.account;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The accounts that have signed in at least once. */
public interface Accounts {

	/** The account of this person, empty before their first sign-in. */
	Mono<Account> find(String issuer, String subject);

	/**
	 * The account of somebody who just proved who they are; made at the first sign-in,
	 * and refreshed when address or name have changed. Nulls keep what was known.
	 * @param emailVerified whether the identity provider vouches for the address
	 */
	Mono<Account> signedIn(String issuer, String subject, @Nullable String email, boolean emailVerified,
			@Nullable String name);

}
