package com.banqup.invitations.api;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/** What may block an event loop, each with its reason. */
public class AllowedBlockingCalls implements BlockHoundIntegration {

	@Override
	public void applyTo(BlockHound.Builder builder) {
		// Swagger UI's own files, read from their jar by Spring's resource handler:
		// small, and no request of the API.
		builder.allowBlockingCallsInside("org.springframework.web.reactive.resource.PathResourceResolver",
				"getResource");
		builder.allowBlockingCallsInside("org.springframework.web.reactive.resource.ResourceWebHandler", "handle");
		builder.allowBlockingCallsInside(
				"org.springframework.core.io.buffer.DataBufferUtils$ReadableByteChannelGenerator", "accept");
	}

}
