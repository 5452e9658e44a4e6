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
		// Reads its tables from their file once: in the service at its start (AddClient),
		// in
		// tests without it when the first address comes.
		builder.allowBlockingCallsInside("com.banqup.invitations.api.client.EmailAddress", "<clinit>");
		// The lock that keeps ids in order is held while one is drawn: well under the
		// time
		// that waking a thread takes.
		builder.allowBlockingCallsInside("com.fasterxml.uuid.impl.TimeBasedEpochRandomGenerator", "construct");
		// Makes what reads or writes a type when the first value of it comes: once in the
		// life
		// of the process.
		builder.allowBlockingCallsInside("tools.jackson.databind.deser.DeserializerCache",
				"_createAndCacheValueDeserializer");
	}

}
