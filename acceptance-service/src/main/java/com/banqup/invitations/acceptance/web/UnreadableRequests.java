package com.banqup.invitations.acceptance.web;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpStatusClass;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;

/**
 * Says why to whoever sends what is no request: control characters, lines and headers
 * beyond what is read. The server answers those before anything of the application is
 * asked, with a status and nothing else, and closes the connection. Targets that are no
 * URIs come through: see {@link RequestTargets}.
 */
@Component
class UnreadableRequests implements NettyServerCustomizer {

	private final JsonMapper json;

	UnreadableRequests(JsonMapper json) {
		this.json = json;
	}

	@Override
	public HttpServer apply(HttpServer server) {
		Answers answers = new Answers();
		return server.doOnChannelInit((observer, channel, address) -> channel.pipeline()
			.addBefore(NettyPipeline.HttpTrafficHandler, UnreadableRequests.class.getName(), answers));
	}

	private static ProblemDetail problem(int status) {
		return switch (status) {
			case 414 -> Problem.detail(HttpStatus.URI_TOO_LONG, "uri-too-long", "URI too long",
					"The address is longer than any of ours.");
			case 431 -> Problem.detail(HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "request-header-fields-too-large",
					"Request header fields too large",
					"The headers, cookies included, are longer together than is read.");
			default -> Problem.detail(HttpStatus.valueOf(status), "malformed-request", "Malformed request",
					"This is not HTTP as it is expected: a line or header is malformed.");
		};
	}

	/** Fills the empty answers on their way out, so that they keep their turn. */
	@Sharable
	private final class Answers extends ChannelOutboundHandlerAdapter {

		@Override
		public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
			context.write((message instanceof FullHttpResponse answer && isOfServer(answer)) ? filled(answer) : message,
					promise);
		}

		/**
		 * What the application answers has headers of its own, for security if no others.
		 */
		private static boolean isOfServer(FullHttpResponse answer) {
			HttpHeaders headers = answer.headers();
			return answer.status().codeClass() == HttpStatusClass.CLIENT_ERROR && !answer.content().isReadable()
					&& headers.size() == 2 && headers.contains(HttpHeaderNames.CONTENT_LENGTH)
					&& headers.contains(HttpHeaderNames.CONNECTION);
		}

		private FullHttpResponse filled(FullHttpResponse empty) {
			ByteBuf body = Unpooled
				.wrappedBuffer(UnreadableRequests.this.json.writeValueAsBytes(problem(empty.status().code())));
			FullHttpResponse answer = empty.replace(body);
			empty.release();
			answer.headers()
				.set(HttpHeaderNames.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE)
				.set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes())
				.set(HttpHeaderNames.CACHE_CONTROL, "no-store");
			return answer;
		}

	}

}
