package com.banqup.invitations.acceptance;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/** Calls that BlockHound takes for blocking, each with the reason why it may stay. */
public class BlockHoundExemptions implements BlockHoundIntegration {

	@Override
	public void applyTo(BlockHound.Builder builder) {
		// Reads /dev/urandom, which never waits once the system is up; ids and states are
		// made with it.
		builder.allowBlockingCallsInside("java.security.SecureRandom", "nextBytes");
		// Look once for libraries on the class path, when the issuer is first discovered.
		builder.allowBlockingCallsInside("org.springframework.security.oauth2.jwt.JwtDecoderProviderConfigurationUtils",
				"<clinit>");
		builder.allowBlockingCallsInside("org.springframework.security.oauth2.client.registration.ClientRegistrations",
				"<clinit>");
		// Reads class files when a developer first asks for the API's description, which
		// is
		// kept then.
		builder.allowBlockingCallsInside("org.springdoc.api.AbstractOpenApiResource", "getOpenApi");
	}

}
