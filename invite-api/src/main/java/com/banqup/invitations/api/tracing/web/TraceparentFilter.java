package com.banqup.invitations.api.tracing.web;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

import com.banqup.invitations.outbox.Outbox;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Puts the trace context of the request (W3C Trace Context, header {@code traceparent})
 * where the outbox finds it, so that the records which the request brings about carry it.
 */
@Component
class TraceparentFilter implements WebFilter {

	static final String HEADER = "traceparent";

	/** Of a version that can be read, with ids that are not all zeros. */
	private static final Pattern VALID = Pattern
		.compile("(?!ff)[0-9a-f]{2}-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		Mono<Void> answer = chain.filter(exchange);
		return find(exchange.getRequest().getHeaders())
			.map((traceparent) -> answer.contextWrite((context) -> context.put(Outbox.TRACEPARENT, traceparent)))
			.orElse(answer);
	}

	/** The trace context, empty if there is none that is valid. */
	static Optional<String> find(HttpHeaders headers) {
		List<String> values = headers.getOrEmpty(HEADER);
		return (values.size() == 1) ? Optional.of(values.getFirst()).filter((value) -> VALID.matcher(value).matches())
				: Optional.empty();
	}

}
