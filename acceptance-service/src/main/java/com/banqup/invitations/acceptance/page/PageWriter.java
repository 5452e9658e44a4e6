package com.banqup.invitations.acceptance.page;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import com.banqup.invitations.acceptance.login.SignedIn;
import com.banqup.invitations.schemas.InviteeLanguage;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.security.web.server.csrf.CsrfToken;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/** Writes pages to the browser. */
@Component
class PageWriter {

	private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

	private final PageRenderer renderer;

	PageWriter(PageRenderer renderer) {
		this.renderer = renderer;
	}

	Mono<Void> write(ServerWebExchange exchange, Page page) {
		return switch (page) {
			case Page.Shown shown -> SignedIn.current()
				.map(Optional::of)
				.defaultIfEmpty(Optional.empty())
				.flatMap((signedIn) -> show(exchange, shown, signedIn.map(SignedIn::name).orElse(null)));
			case Page.SeeOther other -> redirect(exchange, location(exchange.getRequest(), other));
			case Page.ToProvider provider -> redirect(exchange, provider.uri());
		};
	}

	/** The language that a page of this request is in. */
	static InviteeLanguage language(ServerHttpRequest request, @Nullable InviteeLanguage invited) {
		return LanguageParameter.of(request)
			.or(() -> Optional.ofNullable(invited))
			.orElseGet(() -> preferredBy(request).orElse(InviteeLanguage.ENGLISH));
	}

	private static Optional<InviteeLanguage> preferredBy(ServerHttpRequest request) {
		return acceptedLocales(request).stream()
			.flatMap((locale) -> InviteeLanguage.ofCode(locale.getLanguage()).stream())
			.findFirst();
	}

	/** The browser's languages, best first; none when it talks nonsense. */
	private static List<Locale> acceptedLocales(ServerHttpRequest request) {
		try {
			return request.getHeaders().getAcceptLanguageAsLocales();
		}
		catch (IllegalArgumentException ex) {
			return List.of();
		}
	}

	private Mono<Void> show(ServerWebExchange exchange, Page.Shown page, @Nullable String accountName) {
		boolean hasForm = page.view().hasForm() || accountName != null;
		return (hasForm ? csrf(exchange) : Mono.<CsrfToken>empty()).map(Optional::of)
			.defaultIfEmpty(Optional.empty())
			.flatMap((csrf) -> send(exchange, page, this.renderer.render(page.view(),
					surroundings(exchange.getRequest(), page, accountName, csrf.orElse(null)))));
	}

	/** Subscribing to the token sets its cookie, so only pages with a form do. */
	private static Mono<CsrfToken> csrf(ServerWebExchange exchange) {
		Mono<CsrfToken> token = exchange.getAttribute(CsrfToken.class.getName());
		return (token != null) ? token : Mono.empty();
	}

	private static PageRenderer.Surroundings surroundings(ServerHttpRequest request, Page.Shown page,
			@Nullable String accountName, @Nullable CsrfToken csrf) {
		return new PageRenderer.Surroundings(language(request, page.language()),
				LanguageParameter.of(request).isPresent(), page.ownPath(), accountName, csrf);
	}

	private static Mono<Void> send(ServerWebExchange exchange, Page.Shown page, byte[] html) {
		ServerHttpResponse response = exchange.getResponse();
		response.setStatusCode(page.status());
		HttpHeaders headers = response.getHeaders();
		headers.setContentType(HTML);
		headers.setContentLength(html.length);
		headers.setContentLanguage(language(exchange.getRequest(), page.language()).locale());
		if (page.retryAfter() != null) {
			headers.set(HttpHeaders.RETRY_AFTER, Long.toString(page.retryAfter().toSeconds()));
		}
		return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(html)));
	}

	private static URI location(ServerHttpRequest request, Page.SeeOther page) {
		return URI.create(LanguageParameter.of(request)
			.map((language) -> LanguageParameter.append(page.path(), language))
			.orElse(page.path()));
	}

	private static Mono<Void> redirect(ServerWebExchange exchange, URI location) {
		ServerHttpResponse response = exchange.getResponse();
		response.setStatusCode(HttpStatus.SEE_OTHER);
		response.getHeaders().setLocation(location);
		return response.setComplete();
	}

}
