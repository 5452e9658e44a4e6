package com.banqup.invitations.acceptance.web;

import java.util.function.Function;
import java.util.function.Supplier;

import com.banqup.invitations.acceptance.session.SessionCookie;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.util.DisconnectedClientHelper;

/**
 * Answers requests that failed, so that no failure leaves the filters: what leaves them
 * gets the request's path attached, with the token in it, and is logged with it.
 */
@Component
public class FailureAnswers {

	private static final Logger log = LoggerFactory.getLogger(FailureAnswers.class);

	private final SessionCookie sessionCookie;

	FailureAnswers(SessionCookie sessionCookie) {
		this.sessionCookie = sessionCookie;
	}

	/**
	 * Answers the exchange; breaks its connection off when that is not possible.
	 * @param answer decides what to answer, once, unless an answer is already on its way
	 * @param write writes that, perhaps a second time
	 */
	public <T> Mono<Void> answer(ServerWebExchange exchange, Throwable failure, Supplier<T> answer,
			Function<T, Mono<Void>> write) {
		return exchange.getResponse().isCommitted() ? breakOff(exchange, failure)
				: Mono.fromSupplier(answer)
					.flatMap((decided) -> write(exchange.getResponse(), () -> write.apply(decided)))
					.onErrorResume((unanswerable) -> breakOff(exchange, unanswerable));
	}

	/**
	 * Answering saves the session first, and fails when that fails; the second time it is
	 * left alone.
	 */
	private Mono<Void> write(ServerHttpResponse response, Supplier<Mono<Void>> write) {
		Mono<Void> written = Mono.defer(() -> {
			removeTraces(response);
			return write.get();
		});
		return written.onErrorResume((ofSession) -> !response.isCommitted(), (ofSession) -> written);
	}

	/**
	 * A session that was not saved gets no cookie, and what failed leads nowhere.
	 */
	private void removeTraces(ServerHttpResponse response) {
		response.getCookies().remove(this.sessionCookie.name());
		response.getHeaders().remove(HttpHeaders.LOCATION);
	}

	/** An answer that ended properly would look like a whole one. */
	private static Mono<Void> breakOff(ServerWebExchange exchange, Throwable failure) {
		return Mono.fromRunnable(() -> {
			if (!DisconnectedClientHelper.isClientDisconnectedException(failure)) {
				log.error("{} broke off: {}", exchange.getRequest().getMethod(), failure.getClass().getName());
			}
			HttpServerResponse response = ServerHttpResponseDecorator.getNativeResponse(exchange.getResponse());
			response.withConnection((connection) -> connection.channel().close());
		});
	}

}
