package com.banqup.invitations.devstack.blocking;

import reactor.blockhound.BlockHound;
import reactor.blockhound.integration.BlockHoundIntegration;

/**
 * Netty's own short locks, which it takes on event loops by design. BlockHound finds this
 * class by itself where it is installed.
 */
public final class NettyBlocking implements BlockHoundIntegration {

	@Override
	public void applyTo(BlockHound.Builder builder) {
		// The allocator guards its magazines with a StampedLock, held for a few
		// instructions; under contention a thread parks.
		builder.allowBlockingCallsInside("io.netty.buffer.AdaptivePoolingAllocator", "allocate");
		builder.allowBlockingCallsInside("io.netty.buffer.AdaptivePoolingAllocator", "free");
		builder.allowBlockingCallsInside("io.netty.buffer.AdaptivePoolingAllocator$Chunk", "release");
	}

}
