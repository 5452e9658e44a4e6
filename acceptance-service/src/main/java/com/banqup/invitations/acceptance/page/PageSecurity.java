package com.banqup.invitations.acceptance.page;

import com.banqup.invitations.acceptance.login.LoginSecurity;
import com.banqup.invitations.acceptance.session.CookieProperties;
import com.banqup.invitations.acceptance.session.SessionAttribute;
import reactor.core.publisher.Mono;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity.HeaderSpec;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.logout.SecurityContextServerLogoutHandler;
import org.springframework.security.web.server.csrf.CookieServerCsrfTokenRepository;
import org.springframework.security.web.server.csrf.ServerCsrfTokenRepository;
import org.springframework.security.web.server.header.ReferrerPolicyServerHttpHeadersWriter.ReferrerPolicy;
import org.springframework.security.web.server.savedrequest.NoOpServerRequestCache;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;
import org.springframework.util.MultiValueMap;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebInputException;
import org.springframework.web.server.WebFilterChain;

/** Who may see and do what on the pages, which is whatever no other chain takes. */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
class PageSecurity {

	/** Where the sign-out button posts to. */
	static final String SIGN_OUT = "/sign-out";

	/** Where signing out leads to. */
	static final String SIGNED_OUT = "/signed-out";

	/** Bytes; ours have a few hundred. */
	private static final long LONGEST_FORM = 64 * 1024L;

	private static final String[] SIGNED_IN_ONLY = { "/i/*/space", "/i/*/confirm", "/i/*/done" };

	@Bean
	@Order(Ordered.LOWEST_PRECEDENCE)
	SecurityWebFilterChain pageSecurityChain(ServerHttpSecurity http, LoginSecurity login, PageWriter pages,
			PageErrors errors, PageHeaders headers, CookieProperties cookies) {
		return http
			.authorizeExchange(
					(exchange) -> exchange.pathMatchers(SIGNED_IN_ONLY).authenticated().anyExchange().permitAll())
			.exceptionHandling((handling) -> handling
				.authenticationEntryPoint((exchange, ex) -> exchange.getRequest().getMethod() == HttpMethod.POST
						? errors.refuseSignedOut(exchange) : pages.write(exchange, toLanding(exchange)))
				.accessDeniedHandler((exchange, ex) -> errors.refuse(exchange)))
			.securityContextRepository(login.contexts())
			.requestCache((cache) -> cache.requestCache(NoOpServerRequestCache.getInstance()))
			.httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
			.formLogin(ServerHttpSecurity.FormLoginSpec::disable)
			.oauth2Login(login::configure)
			.logout((logout) -> logout.requiresLogout(ServerWebExchangeMatchers.pathMatchers(HttpMethod.POST, SIGN_OUT))
				.logoutHandler(signOut(login))
				.logoutSuccessHandler(
						(exchange, authentication) -> pages.write(exchange.getExchange(), Page.seeOther(SIGNED_OUT))))
			.csrf((csrf) -> csrf.csrfTokenRepository(csrfTokens(cookies))
				.accessDeniedHandler((exchange, ex) -> errors.refuse(exchange)))
			.headers((spec) -> secure(spec, headers, cookies))
			.addFilterBefore(PageSecurity::readForm, SecurityWebFiltersOrder.CSRF)
			.build();
	}

	/** What announces itself as too long is not even read. */
	private static Mono<Void> readForm(ServerWebExchange exchange, WebFilterChain chain) {
		long length = exchange.getRequest().getHeaders().getContentLength();
		return (length <= LONGEST_FORM)
				? wellFormed(exchange.getFormData()).then(Mono.defer(() -> chain.filter(exchange)))
				: Mono.error(() -> new DataBufferLimitException(
						"form: %d bytes (expected: at most %d)".formatted(length, LONGEST_FORM)));
	}

	private static Mono<MultiValueMap<String, String>> wellFormed(Mono<MultiValueMap<String, String>> form) {
		return form.onErrorMap(IllegalArgumentException.class,
				(ex) -> new ServerWebInputException("form: not encoded as one", null, ex));
	}

	private static SecurityContextServerLogoutHandler signOut(LoginSecurity login) {
		SecurityContextServerLogoutHandler handler = new SecurityContextServerLogoutHandler();
		handler.setSecurityContextRepository(login.contexts());
		return handler;
	}

	/** Whoever is not signed in starts at the invitation's first page. */
	private static Page toLanding(ServerWebExchange exchange) {
		String token = exchange.getRequest().getPath().pathWithinApplication().subPath(3, 4).value();
		return Page.seeOther(token.matches("[A-Za-z0-9_-]+") ? new InvitationPath(token).landing() : "/i");
	}

	/**
	 * A random cookie that the form repeats, rather than something in the session: the
	 * first page needs no session, and a form stays good when its tab signs in.
	 */
	private static ServerCsrfTokenRepository csrfTokens(CookieProperties cookies) {
		CookieServerCsrfTokenRepository tokens = new CookieServerCsrfTokenRepository();
		tokens.setCookieName(cookies.nameOf("CSRF"));
		tokens.setCookiePath("/");
		tokens.setCookieCustomizer(cookies::protect);
		return tokens;
	}

	private static void secure(HeaderSpec spec, PageHeaders headers, CookieProperties cookies) {
		spec.writer(headers)
			.referrerPolicy((referrer) -> referrer.policy(ReferrerPolicy.NO_REFERRER))
			.permissionsPolicy(
					(permissions) -> permissions.policy("camera=(), microphone=(), geolocation=(), payment=(), usb=()"))
			.crossOriginOpenerPolicy(Customizer.withDefaults());
		if (cookies.secureCookies()) {
			spec.hsts(Customizer.withDefaults());
		}
		else {
			spec.hsts(HeaderSpec.HstsSpec::disable);
		}
	}

	@Bean
	SessionAttribute chosenSpaceAttribute() {
		return new SessionAttribute(ChosenSpaces.PREFIX, ChosenSpaces.Choice.class);
	}

}
