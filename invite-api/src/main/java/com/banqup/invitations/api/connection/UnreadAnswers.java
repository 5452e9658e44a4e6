package com.banqup.invitations.api.connection;

import java.util.concurrent.TimeUnit;

import io.netty.handler.timeout.WriteTimeoutHandler;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.stereotype.Component;

/**
 * Closes connections whose callers do not read what they asked for: an answer that waits
 * for them holds memory, and the service when it stops.
 */
@Component
public class UnreadAnswers implements NettyServerCustomizer {

	private final long timeoutMillis;

	public UnreadAnswers(ConnectionProperties properties) {
		this.timeoutMillis = properties.writeTimeout().toMillis();
	}

	@Override
	public HttpServer apply(HttpServer server) {
		return server.doOnChannelInit((observer, channel, address) -> channel.pipeline()
			.addBefore(NettyPipeline.HttpTrafficHandler, UnreadAnswers.class.getName(),
					new WriteTimeoutHandler(this.timeoutMillis, TimeUnit.MILLISECONDS)));
	}

}
