package com.banqup.invitations.acceptance.page;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.banqup.invitations.acceptance.login.LoginTarget;
import com.banqup.invitations.acceptance.login.ProviderUnavailable;
import com.banqup.invitations.acceptance.session.SessionCookie;
import com.banqup.invitations.acceptance.session.SessionExpired;
import com.banqup.invitations.acceptance.web.Audience;
import com.banqup.invitations.acceptance.web.Outages;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.web.server.firewall.ServerExchangeRejectedException;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponse;
import org.springframework.web.reactive.function.client.WebClientException;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Turns whatever goes wrong for people into a page that helps. It has to be the outermost
 * filter: what leaves the filters gets the request's path attached, with the token in it,
 * and is logged with it.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class PageErrors implements WebFilter {

	private static final Logger log = LoggerFactory.getLogger(PageErrors.class);

	private static final Pattern LINK = Pattern.compile("/i/([A-Za-z0-9_-]{1,64})(/[a-z]*)?");

	private final PageWriter pages;

	private final LoginPages logins;

	private final SessionCookie sessionCookie;

	private final PageProperties properties;

	PageErrors(PageWriter pages, LoginPages logins, SessionCookie sessionCookie, PageProperties properties) {
		this.pages = pages;
		this.logins = logins;
		this.sessionCookie = sessionCookie;
		this.properties = properties;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		Mono<Void> answer = chain.filter(exchange);
		return Audience.isProgram(exchange.getRequest()) ? answer : answer.onErrorResume((ex) -> answer(exchange, ex));
	}

	/**
	 * Answering saves the session first, and fails when that fails; the second time it is
	 * left alone.
	 */
	private Mono<Void> answer(ServerWebExchange exchange, Throwable ex) {
		if (exchange.getResponse().isCommitted()) {
			return exchange.getResponse().setComplete();
		}
		Page page = page(exchange, ex);
		return write(exchange, page).onErrorResume((ofSession) -> write(exchange, page));
	}

	/** A session that was not saved gets no cookie. */
	private Mono<Void> write(ServerWebExchange exchange, Page page) {
		return Mono.defer(() -> {
			exchange.getResponse().getCookies().remove(this.sessionCookie.name());
			return this.pages.write(exchange, page);
		});
	}

	/** A form that came too late, or from somewhere else. */
	Mono<Void> refuse(ServerWebExchange exchange) {
		return refuse(exchange, forbidden(exchange.getRequest()));
	}

	/** A form of somebody who was signed in when they got it. */
	Mono<Void> refuseSignedOut(ServerWebExchange exchange) {
		return refuse(exchange, sessionEnded(HttpStatus.FORBIDDEN, exchange.getRequest()));
	}

	private Mono<Void> refuse(ServerWebExchange exchange, Page page) {
		return Audience.isProgram(exchange.getRequest())
				? Mono.error(() -> new ResponseStatusException(HttpStatus.FORBIDDEN))
				: this.pages.write(exchange, page);
	}

	private Page page(ServerWebExchange exchange, Throwable ex) {
		ServerHttpRequest request = exchange.getRequest();
		if (ex instanceof ServerExchangeRejectedException) {
			return isLink(request) ? LinkStatePages.unknown() : clientError(HttpStatus.NOT_FOUND);
		}
		if (ex instanceof SessionExpired) {
			return LoginTarget.answeredBy(exchange)
				.map(this.logins::spaces)
				.orElseGet(() -> sessionEnded(HttpStatus.CONFLICT, request));
		}
		if (has(ex, ProviderUnavailable.class) || has(ex, WebClientException.class)) {
			log.warn("The identity provider does not answer: {}", ex.getMessage());
			return providerDown(exchange);
		}
		if (has(ex, DataBufferLimitException.class)) {
			return tooLarge();
		}
		if (ex instanceof MethodNotAllowedException notAllowed) {
			exchange.getResponse().getHeaders().setAllow(Set.copyOf(notAllowed.getSupportedMethods()));
		}
		return (ex instanceof ErrorResponse response && response.getStatusCode().is4xxClientError())
				? clientError(HttpStatus.valueOf(response.getStatusCode().value())) : failure(exchange, ex);
	}

	private static boolean isLink(ServerHttpRequest request) {
		return request.getPath().pathWithinApplication().value().startsWith("/i/");
	}

	private static boolean has(Throwable ex, Class<? extends Throwable> type) {
		return type.isInstance(ex) || (ex.getCause() != null && has(ex.getCause(), type));
	}

	private Page failure(ServerWebExchange exchange, Throwable ex) {
		HttpMethod method = exchange.getRequest().getMethod();
		boolean outage = Outages.isDatabaseUnavailable(ex);
		if (outage) {
			log.warn("{} of a page failed: {}", method, ex.toString());
		}
		else {
			log.error("{} of a page failed", method, ex);
		}
		HttpStatus status = outage ? HttpStatus.SERVICE_UNAVAILABLE : HttpStatus.INTERNAL_SERVER_ERROR;
		NoticeView notice = NoticeView.of("state.error", Tone.PLAIN).saying();
		return Page.shown(status, link(exchange).map(notice::leadingTo).orElse(notice))
			.retryAfter(this.properties.retryAfter());
	}

	private Page providerDown(ServerWebExchange exchange) {
		NoticeView notice = NoticeView.of("state.provider-down", Tone.WAITING).saying();
		return Page.shown(HttpStatus.SERVICE_UNAVAILABLE, link(exchange).map(notice::leadingTo).orElse(notice))
			.retryAfter(this.properties.retryAfter());
	}

	private static Page clientError(HttpStatus status) {
		return switch (status) {
			case CONTENT_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE, BAD_REQUEST ->
				Page.shown(status, NoticeView.of("state.too-large", Tone.PLAIN).saying());
			default -> Page.shown(status,
					NoticeView.of("state.not-found", Tone.PLAIN).saying().advising("state.not-found.action"));
		};
	}

	private static Page tooLarge() {
		return clientError(HttpStatus.CONTENT_TOO_LARGE);
	}

	private static Page forbidden(ServerHttpRequest request) {
		return goOn(HttpStatus.FORBIDDEN, NoticeView.of("state.forbidden", Tone.WAITING).saying(), request);
	}

	private static Page sessionEnded(HttpStatus status, ServerHttpRequest request) {
		return goOn(status, NoticeView.of("state.session-ended", Tone.WAITING).saying(), request);
	}

	private static Page goOn(HttpStatus status, NoticeView notice, ServerHttpRequest request) {
		return Page.shown(status, link(request).map(notice::leadingTo)
			.orElseGet(() -> notice.advising("state.forbidden.action.no-link")));
	}

	/** The landing page of the link that the request is about, or its login was. */
	private Optional<String> link(ServerWebExchange exchange) {
		return link(exchange.getRequest()).or(() -> LoginTarget.answeredBy(exchange).map(this.logins::landing));
	}

	/**
	 * The landing page of the link that the request is about; it checks the link itself.
	 */
	private static Optional<String> link(ServerHttpRequest request) {
		Matcher link = LINK.matcher(request.getPath().value());
		return link.matches() ? Optional.of(new InvitationPath(link.group(1)).landing()) : Optional.empty();
	}

}
