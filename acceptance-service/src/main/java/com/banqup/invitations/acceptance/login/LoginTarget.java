package com.banqup.invitations.acceptance.login;

import java.util.Optional;

import com.banqup.invitations.link.LinkToken;
import com.banqup.invitations.schemas.InviteeLanguage;
import org.jspecify.annotations.Nullable;

import org.springframework.web.server.ServerWebExchange;

/**
 * What somebody signs in for. Each login has its own, so that two tabs do not mix two
 * invitations up.
 *
 * @param link the link that was opened
 * @param language the language that the reader chose, null for the invitation's
 */
public record LoginTarget(LinkToken link, @Nullable InviteeLanguage language) {

	private static final String ATTRIBUTE = LoginTarget.class.getName();

	/** What the login that this request answers was for, empty when it is not known. */
	public static Optional<LoginTarget> answeredBy(ServerWebExchange exchange) {
		return Optional.ofNullable(exchange.getAttribute(ATTRIBUTE));
	}

	/** The request answers the login that this is the target of. */
	void isAnsweredBy(ServerWebExchange exchange) {
		exchange.getAttributes().put(ATTRIBUTE, this);
	}

}
