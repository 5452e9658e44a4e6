package com.banqup.invitations.acceptance.page;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.banqup.invitations.acceptance.login.LoginTarget;
import com.banqup.invitations.acceptance.web.Audience;
import com.banqup.invitations.acceptance.web.FailureAnswers;
import com.banqup.invitations.acceptance.web.FailureKind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.ErrorResponse;
import org.springframework.web.server.MethodNotAllowedException;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Turns whatever goes wrong for people into a page that helps. It has to be the outermost
 * filter: see {@link FailureAnswers}.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class PageErrors implements WebFilter {

	private static final Logger log = LoggerFactory.getLogger(PageErrors.class);

	private static final Pattern LINK = Pattern.compile("/i/([A-Za-z0-9_-]{1,64})(/[a-z]*)?");

	private final PageWriter pages;

	private final LoginPages logins;

	private final FailureAnswers answers;

	private final PageProperties properties;

	PageErrors(PageWriter pages, LoginPages logins, FailureAnswers answers, PageProperties properties) {
		this.pages = pages;
		this.logins = logins;
		this.answers = answers;
		this.properties = properties;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		Mono<Void> answer = chain.filter(exchange);
		return Audience.isProgram(exchange.getRequest()) ? answer : answer.onErrorResume((ex) -> answer(exchange, ex));
	}

	private Mono<Void> answer(ServerWebExchange exchange, Throwable ex) {
		return this.answers.answer(exchange, ex, () -> page(exchange, ex), (page) -> this.pages.write(exchange, page));
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
		return switch (FailureKind.of(ex)) {
			case REJECTED -> isLink(request) ? LinkStatePages.unknown() : clientError(HttpStatus.NOT_FOUND);
			case SESSION_ENDED -> LoginTarget.answeredBy(exchange)
				.map(this.logins::spaces)
				.orElseGet(() -> sessionEnded(HttpStatus.CONFLICT, request));
			case DATABASE_UNAVAILABLE -> databaseDown(exchange, ex);
			case PROVIDER_UNAVAILABLE -> providerDown(exchange, ex);
			case TOO_LARGE -> clientError(HttpStatus.CONTENT_TOO_LARGE);
			case OTHER -> other(exchange, ex);
		};
	}

	private Page other(ServerWebExchange exchange, Throwable ex) {
		if (ex instanceof MethodNotAllowedException notAllowed) {
			exchange.getResponse().getHeaders().setAllow(Set.copyOf(notAllowed.getSupportedMethods()));
		}
		if (ex instanceof ErrorResponse response && response.getStatusCode().is4xxClientError()) {
			return clientError(HttpStatus.valueOf(response.getStatusCode().value()));
		}
		log.error("{} of a page failed", exchange.getRequest().getMethod(), ex);
		return failure(exchange, HttpStatus.INTERNAL_SERVER_ERROR);
	}

	private static boolean isLink(ServerHttpRequest request) {
		return request.getPath().pathWithinApplication().value().startsWith("/i/");
	}

	private Page databaseDown(ServerWebExchange exchange, Throwable ex) {
		log.warn("{} of a page failed: {}", exchange.getRequest().getMethod(), ex.toString());
		return failure(exchange, HttpStatus.SERVICE_UNAVAILABLE);
	}

	private Page failure(ServerWebExchange exchange, HttpStatus status) {
		return tryAgain(exchange, status, NoticeView.of("state.error", Tone.PLAIN).saying());
	}

	private Page providerDown(ServerWebExchange exchange, Throwable ex) {
		log.warn("The identity provider does not answer: {}", ex.getMessage());
		return tryAgain(exchange, HttpStatus.SERVICE_UNAVAILABLE,
				NoticeView.of("state.provider-down", Tone.WAITING).saying());
	}

	private Page tryAgain(ServerWebExchange exchange, HttpStatus status, NoticeView notice) {
		return Page.shown(status, link(exchange).map(notice::leadingTo).orElse(notice))
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
