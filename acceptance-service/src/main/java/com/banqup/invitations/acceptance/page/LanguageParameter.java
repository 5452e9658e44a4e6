package com.banqup.invitations.acceptance.page;

import java.util.Optional;

import com.banqup.invitations.schemas.InviteeLanguage;

import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * The language that a reader chose, as a query parameter: choosing one changes nothing
 * but the page.
 */
final class LanguageParameter {

	private static final String NAME = "lang";

	private LanguageParameter() {
	}

	/** The language that the request's reader chose, empty for none. */
	static Optional<InviteeLanguage> of(ServerHttpRequest request) {
		return Optional.ofNullable(request.getQueryParams().getFirst(NAME)).flatMap(InviteeLanguage::ofCode);
	}

	/** The path with this language chosen. */
	static String append(String path, InviteeLanguage language) {
		return path + (path.contains("?") ? "&" : "?") + NAME + "=" + language.code();
	}

}
