package com.banqup.invitations.acceptance.web;

import java.time.Duration;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.ServerAuthenticationEntryPoint;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.header.ReferrerPolicyServerHttpHeadersWriter.ReferrerPolicy;
import org.springframework.security.web.server.savedrequest.NoOpServerRequestCache;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;

/**
 * Who may call what, apart from the pages: the API takes bearer tokens of the clients'
 * identity provider and keeps no session; what operators and developers look at is open,
 * and is to be kept inside by whoever deploys this.
 */
@Configuration(proxyBeanMethods = false)
class ApiSecurityConfiguration {

	/** What the app's API is. */
	static final String PATHS = "/v1/**";

	private static final Duration ONE_YEAR = Duration.ofDays(365);

	@Bean
	@Order(10)
	SecurityWebFilterChain apiSecurity(ServerHttpSecurity http, FilterProblems failures) {
		return stateless(http, "default-src 'none'; frame-ancestors 'none'")
			.securityMatcher(ServerWebExchangeMatchers.pathMatchers(PATHS))
			.authorizeExchange((exchange) -> exchange.anyExchange().authenticated())
			.oauth2ResourceServer((server) -> server.jwt((jwt) -> {
			}).authenticationEntryPoint(unauthorized(failures)))
			.exceptionHandling((handling) -> handling.authenticationEntryPoint(unauthorized(failures)))
			.build();
	}

	@Bean
	@Order(20)
	SecurityWebFilterChain operationsSecurity(ServerHttpSecurity http) {
		return stateless(http,
				"default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'")
			.securityMatcher(ServerWebExchangeMatchers.pathMatchers(HttpMethod.GET, "/actuator/**", "/v3/api-docs/**",
					"/swagger-ui/**", "/swagger-ui.html", "/webjars/**"))
			.authorizeExchange((exchange) -> exchange.anyExchange().permitAll())
			.build();
	}

	private static ServerHttpSecurity stateless(ServerHttpSecurity http, String contentSecurityPolicy) {
		return http.csrf(ServerHttpSecurity.CsrfSpec::disable)
			.httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
			.formLogin(ServerHttpSecurity.FormLoginSpec::disable)
			.logout(ServerHttpSecurity.LogoutSpec::disable)
			.requestCache((cache) -> cache.requestCache(NoOpServerRequestCache.getInstance()))
			.securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
			.headers((headers) -> headers.hsts((hsts) -> hsts.maxAge(ONE_YEAR))
				.referrerPolicy((referrer) -> referrer.policy(ReferrerPolicy.NO_REFERRER))
				.contentSecurityPolicy((policy) -> policy.policyDirectives(contentSecurityPolicy)));
	}

	/** The header of RFC 6750 with a problem as the body. */
	private static ServerAuthenticationEntryPoint unauthorized(FilterProblems failures) {
		return (exchange, failure) -> {
			ServerHttpResponse response = exchange.getResponse();
			response.getHeaders().set(HttpHeaders.WWW_AUTHENTICATE, challenge(failure));
			return failures.write(response, Problem.of(HttpStatus.UNAUTHORIZED, "unauthorized", "Unauthorized",
					"Send a valid bearer token in " + HttpHeaders.AUTHORIZATION + "."));
		};
	}

	/** Says what kind of error it is when there was a token, and why to nobody. */
	private static String challenge(AuthenticationException failure) {
		return (failure instanceof OAuth2AuthenticationException withToken)
				? "Bearer error=\"%s\"".formatted(withToken.getError().getErrorCode()) : "Bearer";
	}

}
