package com.banqup.invitations.acceptance.page;

import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Lets something happen in the middle of the next request that asks for it by a header,
 * after its session was read.
 */
final class Interruption {

	static final String HEADER = "X-Interrupted";

	/** Before anything else is done. */
	static final String EARLY = "early";

	/** When it is clear who asks, and before the page is made. */
	static final String LATE = "late";

	private volatile Runnable event = () -> {
	};

	/** What happens in the middle of the next request with the header. */
	void by(Runnable event) {
		this.event = event;
	}

	private Mono<Void> interrupt(ServerWebExchange exchange) {
		return exchange.getSession()
			.flatMap((session) -> Mono.fromRunnable(() -> this.event.run()).subscribeOn(Schedulers.boundedElastic()))
			.then();
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Configuration {

		@Bean
		Interruption interruption() {
			return new Interruption();
		}

		@Bean
		WebFilter earlyInterruption(Interruption interruption) {
			return new Filter(interruption, EARLY, Ordered.HIGHEST_PRECEDENCE + 1);
		}

		@Bean
		WebFilter lateInterruption(Interruption interruption) {
			return new Filter(interruption, LATE, Ordered.LOWEST_PRECEDENCE);
		}

	}

	private record Filter(Interruption interruption, String moment, int order) implements WebFilter, Ordered {

		@Override
		public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
			return this.moment.equals(exchange.getRequest().getHeaders().getFirst(HEADER))
					? this.interruption.interrupt(exchange).then(Mono.defer(() -> chain.filter(exchange)))
					: chain.filter(exchange);
		}

		@Override
		public int getOrder() {
			return this.order;
		}

	}

}
