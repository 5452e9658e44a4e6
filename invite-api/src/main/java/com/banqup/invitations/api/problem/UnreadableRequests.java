package com.banqup.invitations.api.problem;

import java.net.URI;
import java.net.URISyntaxException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
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
 * Says why to whoever sends what is no request: a target that is no URI, malformed lines,
 * lines and headers beyond what is read. By themselves, server and framework answer those
 * before anything of the application is asked, with a status and nothing else.
 */
@Component
class UnreadableRequests implements NettyServerCustomizer {

	/** The firewall stops it, as it stops all paths that are malformed. */
	private static final String MALFORMED_TARGET = "/%25";

	private final JsonMapper json;

	UnreadableRequests(JsonMapper json) {
		this.json = json;
	}

	@Override
	public HttpServer apply(HttpServer server) {
		Handler handler = new Handler();
		return server.doOnChannelInit((observer, channel, address) -> channel.pipeline()
			.addBefore(NettyPipeline.HttpTrafficHandler, UnreadableRequests.class.getName(), handler));
	}

	private static ProblemDetail problem(int status) {
		return switch (status) {
			case 414 -> Problem.of(HttpStatus.URI_TOO_LONG, "uri-too-long", "URI too long",
					"The path and the parameters are longer together than this API reads.");
			case 431 -> Problem.of(HttpStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "request-header-fields-too-large",
					"Request header fields too large", "The headers are longer together than this API reads.");
			default -> Problem.of(HttpStatus.valueOf(status), "malformed-request", "Malformed request",
					"This is not HTTP as it is expected: a line or header is malformed.");
		};
	}

	private static boolean isUri(String target) {
		try {
			return !new URI(target).toString().isEmpty();
		}
		catch (URISyntaxException ex) {
			return false;
		}
	}

	@Sharable
	private final class Handler extends ChannelDuplexHandler {

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			if (message instanceof HttpRequest request && request.decoderResult().isSuccess()
					&& !isUri(request.uri())) {
				request.setUri(MALFORMED_TARGET);
			}
			context.fireChannelRead(message);
		}

		/** Fills the server's empty answers on their way out: so they keep their turn. */
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
