package com.banqup.invitations.acceptance.page;

import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.core.ResolvableType;
import org.springframework.stereotype.Component;
import org.springframework.web.reactive.HandlerResult;
import org.springframework.web.reactive.HandlerResultHandler;
import org.springframework.web.server.ServerWebExchange;

/** Lets controllers return pages. */
@Component
class PageResultHandler implements HandlerResultHandler, Ordered {

	private final PageWriter pages;

	PageResultHandler(PageWriter pages) {
		this.pages = pages;
	}

	@Override
	public boolean supports(HandlerResult result) {
		ResolvableType type = result.getReturnType();
		return Page.class.isAssignableFrom(type.resolve(Object.class))
				|| Page.class.isAssignableFrom(type.getGeneric(0).resolve(Object.class));
	}

	@Override
	public Mono<Void> handleResult(ServerWebExchange exchange, HandlerResult result) {
		Object value = result.getReturnValue();
		Mono<?> page = (value instanceof Mono<?> mono) ? mono : Mono.justOrEmpty(value);
		return page.cast(Page.class).flatMap((shown) -> this.pages.write(exchange, shown));
	}

	/** Before the handlers for bodies and views, which support everything. */
	@Override
	public int getOrder() {
		return Ordered.HIGHEST_PRECEDENCE;
	}

}
