package com.banqup.invitations.acceptance;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/** What may block an event loop, each with its reason. */
public class AllowedBlockingCalls implements BlockHoundIntegration {

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
		// Swagger UI's own files, read from their jar by Spring's resource handler: small
		// ones, and not for clients. The pages' own files lie in memory.
		builder.allowBlockingCallsInside("org.springframework.web.reactive.resource.PathResourceResolver",
				"getResource");
		builder.allowBlockingCallsInside("org.springframework.web.reactive.resource.ResourceWebHandler", "handle");
		builder.allowBlockingCallsInside(
				"org.springframework.core.io.buffer.DataBufferUtils$ReadableByteChannelGenerator", "accept");
	}

}
