package com.banqup.invitations.acceptance.login;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How signing in works.
 *
 * @param attemptTimeout how long somebody may take at the provider
 * @param connectTimeout how long to wait for a connection to the provider
 * @param responseTimeout how long to wait for an answer of the provider
 * @param metadataRefresh how often to look whether the provider's metadata changed
 * @param metadataRetry how soon to ask again while they cannot be had
 * @param registrationPrompt whether to ask the provider for its page for new accounts
 * @param formTargets further origins that signing in leads through, for example when the
 * provider hands over to another one; browsers refuse those that are not listed
 */
@Validated
@ConfigurationProperties("acceptance.login")
record LoginProperties(@DefaultValue("30m") Duration attemptTimeout, @DefaultValue("2s") Duration connectTimeout,
		@DefaultValue("5s") Duration responseTimeout, @DefaultValue("1h") Duration metadataRefresh,
		@DefaultValue("10s") Duration metadataRetry, @DefaultValue("auto") RegistrationPrompt registrationPrompt,
		@DefaultValue List<URI> formTargets) {

	LoginProperties {
		formTargets = List.copyOf(formTargets);
		formTargets.forEach(LoginProperties::requireOrigin);
	}

	private static void requireOrigin(URI uri) {
		if (uri.getHost() == null || !Origins.of(uri).equals(uri.toString())) {
			throw new IllegalArgumentException(
					"acceptance.login.form-targets: %s (expected: an origin, for example https://login.example.org)"
						.formatted(uri));
		}
	}

	/** Whether {@code prompt=create} is sent for new accounts. */
	enum RegistrationPrompt {

		/** When the provider's metadata list it. */
		AUTO,

		/** Always: the provider is known to understand it. */
		ALWAYS,

		/** Never. */
		NEVER

	}

}
