package com.banqup.invitations.acceptance.login;

import java.util.List;

import org.springframework.security.authentication.AbstractAuthenticationToken;

/** A request of somebody who is signed in. */
final class SignedInAuthentication extends AbstractAuthenticationToken {

	private static final long serialVersionUID = 1L;

	private final transient SignedIn signedIn;

	SignedInAuthentication(SignedIn signedIn) {
		super(List.of());
		this.signedIn = signedIn;
		setAuthenticated(true);
	}

	@Override
	public SignedIn getPrincipal() {
		return this.signedIn;
	}

	@Override
	public String getCredentials() {
		return "";
	}

	@Override
	public String getName() {
		return this.signedIn.accountId().toString();
	}

}
