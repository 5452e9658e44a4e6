package com.banqup.invitations.acceptance.login;

import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/** A user of the identity provider for whom we have an account. */
final class AccountUser extends DefaultOidcUser {

	private static final long serialVersionUID = 1L;

	private final transient SignedIn signedIn;

	AccountUser(OidcUser user, SignedIn signedIn) {
		super(user.getAuthorities(), user.getIdToken(), user.getUserInfo());
		this.signedIn = signedIn;
	}

	SignedIn signedIn() {
		return this.signedIn;
	}

}
