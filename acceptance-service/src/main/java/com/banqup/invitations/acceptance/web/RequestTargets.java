package com.banqup.invitations.acceptance.web;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.stereotype.Component;

/**
 * Has requests answered whose targets are no URIs, such as damaged links: by itself, the
 * server refuses them without a word. What a URI cannot have stands for itself: it is
 * percent-encoded, and the request goes the way of all others.
 */
@Component
class RequestTargets implements NettyServerCustomizer {

	private static final String PLAIN = "/-._~!$&'()*+,;=:@?";

	@Override
	public HttpServer apply(HttpServer server) {
		Handler handler = new Handler();
		return server.doOnChannelInit((observer, channel, address) -> channel.pipeline()
			.addBefore(NettyPipeline.HttpTrafficHandler, RequestTargets.class.getName(), handler));
	}

	/** The target if it is a URI, else the one that is meant, as far as can be told. */
	static String uri(String target) {
		return (isPlain(target) || isUri(target)) ? target : encoded(target);
	}

	/** Most targets are, and need not be looked at more closely. */
	private static boolean isPlain(String target) {
		for (int i = 0; i < target.length(); i++) {
			char character = target.charAt(i);
			if (!isPlain(character) && !isEscape(target, i)) {
				return false;
			}
		}
		return true;
	}

	private static boolean isPlain(char character) {
		return character >= 'a' && character <= 'z' || character >= 'A' && character <= 'Z'
				|| character >= '0' && character <= '9' || PLAIN.indexOf(character) >= 0;
	}

	private static boolean isEscape(String target, int index) {
		return target.charAt(index) == '%' && index + 2 < target.length() && isHexDigit(target.charAt(index + 1))
				&& isHexDigit(target.charAt(index + 2));
	}

	private static boolean isHexDigit(char character) {
		return character < 0x80 && Character.digit(character, 16) >= 0;
	}

	private static boolean isUri(String target) {
		try {
			return new URI(target).toString().equals(target);
		}
		catch (URISyntaxException ex) {
			return false;
		}
	}

	/** The server takes every byte for a character. */
	private static String encoded(String target) {
		StringBuilder uri = new StringBuilder(target.length() + 16);
		for (int i = 0; i < target.length(); i++) {
			char character = target.charAt(i);
			if (isPlain(character) || isEscape(target, i)) {
				uri.append(character);
			}
			else {
				for (byte each : String.valueOf(character).getBytes(StandardCharsets.ISO_8859_1)) {
					uri.append("%%%02X".formatted(each));
				}
			}
		}
		return uri.toString();
	}

	@Sharable
	private static final class Handler extends ChannelInboundHandlerAdapter {

		@Override
		public void channelRead(ChannelHandlerContext context, Object message) {
			if (message instanceof HttpRequest request) {
				String target = request.uri();
				String uri = uri(target);
				if (!uri.equals(target)) {
					request.setUri(uri);
				}
			}
			context.fireChannelRead(message);
		}

	}

}
