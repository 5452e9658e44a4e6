package com.banqup.invitations.acceptance.account.web;

import java.util.Objects;

import com.banqup.invitations.acceptance.account.Account;
import com.banqup.invitations.acceptance.account.Accounts;
import reactor.core.publisher.Mono;

import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.stereotype.Component;

/** Finds the account that a bearer token speaks for. */
@Component
public class BearerAccounts {

	private final Accounts accounts;

	BearerAccounts(Accounts accounts) {
		this.accounts = accounts;
	}

	/**
	 * The account, made when this is its first sign-in. For requests that change
	 * something.
	 */
	public Mono<Account> signedIn(Jwt token) {
		return this.accounts.signedIn(issuer(token), subject(token), token.getClaimAsString("name"));
	}

	/** The account, empty before its first sign-in: reading makes none. */
	public Mono<Account> find(Jwt token) {
		return this.accounts.find(issuer(token), subject(token));
	}

	private static String issuer(Jwt token) {
		return Objects.requireNonNull(token.getClaimAsString("iss"), "iss");
	}

	private static String subject(Jwt token) {
		return Objects.requireNonNull(token.getSubject(), "sub");
	}

}
