package com.banqup.invitations.acceptance.login;

import java.util.UUID;

import com.banqup.invitations.acceptance.account.Account;
import reactor.core.publisher.Mono;

import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.security.core.context.SecurityContext;

/**
 * Who is signed in: all that a session remembers of a login.
 *
 * @param accountId our id of the account
 * @param issuer the identity provider
 * @param subject the person at the identity provider
 * @param name how to address the account on pages
 */
public record SignedIn(UUID accountId, String issuer, String subject, String name) {

	/** Who is signed in, empty for nobody. */
	public static Mono<SignedIn> current() {
		return ReactiveSecurityContextHolder.getContext()
			.mapNotNull(SecurityContext::getAuthentication)
			.ofType(SignedInAuthentication.class)
			.map(SignedInAuthentication::getPrincipal);
	}

	/** The account, for the use cases. */
	public Account account() {
		return new Account(this.accountId, this.issuer, this.subject, this.name);
	}

	@Override
	public String toString() {
		return "SignedIn[%s]".formatted(this.accountId);
	}

}
