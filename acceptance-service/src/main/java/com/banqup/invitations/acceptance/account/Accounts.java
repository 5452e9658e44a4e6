package com.banqup.invitations.acceptance.account;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The accounts that have signed in at least once. */
public interface Accounts {

	/** The account of this person, empty before their first sign-in. */
	Mono<Account> find(String issuer, String subject);

	/**
	 * The account of somebody who just proved who they are; made at the first sign-in,
	 * and refreshed when the name has changed. Null keeps the name that was known.
	 */
	Mono<Account> signedIn(String issuer, String subject, @Nullable String name);

}
