package com.banqup.invitations.acceptance.login;

import java.util.Objects;
import java.util.stream.Stream;

import com.banqup.invitations.acceptance.account.Account;
import com.banqup.invitations.acceptance.account.AccountName;
import com.banqup.invitations.acceptance.account.Accounts;
import reactor.core.publisher.Mono;

import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.userinfo.ReactiveOAuth2UserService;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/** Finds or makes the account of who just proved who they are. */
final class AccountUsers implements ReactiveOAuth2UserService<OidcUserRequest, OidcUser> {

	private final ReactiveOAuth2UserService<OidcUserRequest, OidcUser> provider;

	private final Accounts accounts;

	AccountUsers(ReactiveOAuth2UserService<OidcUserRequest, OidcUser> provider, Accounts accounts) {
		this.provider = provider;
		this.accounts = accounts;
	}

	@Override
	public Mono<OidcUser> loadUser(OidcUserRequest request) {
		return this.provider.loadUser(request).flatMap(this::withAccount);
	}

	private Mono<OidcUser> withAccount(OidcUser user) {
		String issuer = Objects.requireNonNull(user.getIdToken().getIssuer(), "iss").toString();
		String subject = Objects.requireNonNull(user.getSubject(), "sub");
		return this.accounts.signedIn(issuer, subject, user.getFullName())
			.map((account) -> new AccountUser(user, signedIn(account, user)));
	}

	private static SignedIn signedIn(Account account, OidcUser user) {
		String name = Stream.of(user.getFullName(), user.getPreferredUsername(), user.getEmail(), account.subject())
			.map(AccountName::tidy)
			.filter(Objects::nonNull)
			.findFirst()
			.orElseGet(() -> account.id().toString());
		return new SignedIn(account.id(), account.issuer(), account.subject(), name);
	}

}
