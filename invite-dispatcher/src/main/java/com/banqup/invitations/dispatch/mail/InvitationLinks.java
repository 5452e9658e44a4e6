package com.banqup.invitations.dispatch.mail;

import java.net.URI;
import java.util.Set;
import java.util.UUID;

import com.banqup.invitations.link.LinkKeys;
import com.banqup.invitations.link.LinkToken;

import org.springframework.stereotype.Component;

/**
 * Makes the links that go into mails, and nowhere else. Safe for use by many threads.
 */
@Component
public final class InvitationLinks {

	private static final Set<String> SCHEMES = Set.of("http", "https");

	private final String prefix;

	private final LinkKeys keys;

	/**
	 * Checks the configuration.
	 * @throws IllegalArgumentException when links cannot be made; the message names the
	 * property and no key
	 */
	public InvitationLinks(InvitationLinksProperties properties) {
		this.prefix = prefix(properties.baseUrl());
		this.keys = keys(properties);
	}

	/** The link of this generation of the invitation; always the same. */
	public URI linkFor(UUID invitationId, int generation) {
		return URI.create(this.prefix + this.keys.tokenFor(new LinkToken(invitationId, generation)));
	}

	private static String prefix(URI baseUrl) {
		if (baseUrl.getScheme() == null || !SCHEMES.contains(baseUrl.getScheme()) || baseUrl.getHost() == null
				|| baseUrl.getRawQuery() != null || baseUrl.getRawFragment() != null
				|| baseUrl.getRawUserInfo() != null) {
			throw new IllegalArgumentException(
					"invitation-links.base-url: %s (expected: https://host[:port][/path])".formatted(baseUrl));
		}
		String text = baseUrl.toString();
		return (text.endsWith("/") ? text : text + "/") + "i/";
	}

	private static LinkKeys keys(InvitationLinksProperties properties) {
		try {
			return LinkKeys.of(properties.currentKey(), properties.keys());
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException("invitation-links.keys: " + ex.getMessage());
		}
	}

}
