package com.banqup.invitations.acceptance.login;

import java.net.URI;

/** Origins of addresses, RFC 6454. */
final class Origins {

	private Origins() {
	}

	/** Scheme, host, and port unless it is the scheme's own. */
	static String of(URI uri) {
		String origin = uri.getScheme() + "://" + uri.getHost();
		return (uri.getPort() < 0) ? origin : origin + ":" + uri.getPort();
	}

}
