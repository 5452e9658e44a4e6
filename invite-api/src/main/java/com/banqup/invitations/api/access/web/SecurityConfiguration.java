package com.banqup.invitations.api.access.web;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

import com.banqup.invitations.api.access.AccessProperties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.authentication.ReactiveAuthenticationManager;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtReactiveAuthenticationManager;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.header.ReferrerPolicyServerHttpHeadersWriter.ReferrerPolicy;
import org.springframework.security.web.server.savedrequest.NoOpServerRequestCache;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Bearer tokens only: no sessions, no cookies, so no CSRF; no CORS either, as no browser
 * calls this API from another origin unless somebody decides so.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

	private static final Logger log = LoggerFactory.getLogger(SecurityConfiguration.class);

	private static final String[] OPEN = { "/actuator/**", "/v3/api-docs", "/v3/api-docs/**", "/v3/api-docs.yaml",
			"/swagger-ui.html", "/swagger-ui/**", "/webjars/**" };

	/** The description of the API and the state of the process: no data of anybody. */
	@Bean
	@Order(0)
	SecurityWebFilterChain openChain(ServerHttpSecurity http) {
		return withoutState(http).securityMatcher(ServerWebExchangeMatchers.pathMatchers(OPEN))
			.authorizeExchange((exchanges) -> exchanges.anyExchange().permitAll())
			.headers((headers) -> headers.contentSecurityPolicy((policy) -> policy.policyDirectives(
					"default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
							+ "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"))
				.referrerPolicy((referrer) -> referrer.policy(ReferrerPolicy.NO_REFERRER)))
			.build();
	}

	@Bean
	@Order(1)
	SecurityWebFilterChain apiChain(ServerHttpSecurity http, PartnerSpaceAuthorization partnerSpace,
			AccessProblems problems, ReactiveJwtDecoder decoder, AccessProperties properties) {
		return withoutState(http)
			.authorizeExchange((exchanges) -> exchanges
				.pathMatchers("/v1/partner-spaces/{" + PartnerSpaceAuthorization.PATH_VARIABLE + "}/**")
				.access(partnerSpace)
				.anyExchange()
				.authenticated())
			.oauth2ResourceServer((server) -> server.authenticationEntryPoint(problems)
				.accessDeniedHandler(problems)
				.jwt((jwt) -> jwt.authenticationManager(authenticationManager(decoder, properties))))
			.exceptionHandling(
					(exceptions) -> exceptions.authenticationEntryPoint(problems).accessDeniedHandler(problems))
			.headers((headers) -> headers
				.contentSecurityPolicy(
						(policy) -> policy.policyDirectives("default-src 'none'; frame-ancestors 'none'"))
				.referrerPolicy((referrer) -> referrer.policy(ReferrerPolicy.NO_REFERRER)))
			.build();
	}

	private static ServerHttpSecurity withoutState(ServerHttpSecurity http) {
		return http.csrf(ServerHttpSecurity.CsrfSpec::disable)
			.formLogin(ServerHttpSecurity.FormLoginSpec::disable)
			.httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
			.logout(ServerHttpSecurity.LogoutSpec::disable)
			.requestCache((cache) -> cache.requestCache(NoOpServerRequestCache.getInstance()))
			.securityContextRepository(NoOpServerSecurityContextRepository.getInstance());
	}

	/**
	 * Asks the issuer for its keys when the first token comes, and again until it
	 * answers: the process starts without it.
	 */
	@Bean
	ReactiveJwtDecoder jwtDecoder(@Value("${spring.security.oauth2.resourceserver.jwt.issuer-uri}") String issuer,
			OAuth2ResourceServerProperties properties, AccessProperties access) {
		NimbusReactiveJwtDecoder decoder = NimbusReactiveJwtDecoder.withIssuerLocation(issuer)
			.webClient(http(access.issuerTimeout()))
			.validateType(false)
			.build();
		List<String> audiences = properties.getJwt().getAudiences();
		if (audiences.isEmpty()) {
			log.warn("spring.security.oauth2.resourceserver.jwt.audiences is not set: "
					+ "the API takes tokens that {} issued for anybody", issuer);
		}
		decoder.setJwtValidator(validator(issuer, audiences));
		return decoder;
	}

	/**
	 * The JDK's client looks names up as the machine does, on a thread of its own;
	 * Netty's resolver takes every name under {@code localhost} for this machine, which
	 * in a container it need not be.
	 */
	private static WebClient http(Duration timeout) {
		JdkClientHttpConnector connector = new JdkClientHttpConnector(
				HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(timeout).build());
		connector.setReadTimeout(timeout);
		return WebClient.builder().clientConnector(connector).build();
	}

	/** Access tokens come with either type (RFC 9068 §2.1, RFC 7519 §5.1) or none. */
	private static OAuth2TokenValidator<Jwt> validator(String issuer, List<String> audiences) {
		JwtTypeValidator types = new JwtTypeValidator("JWT", "at+jwt", "application/at+jwt");
		types.setAllowEmpty(true);
		List<OAuth2TokenValidator<Jwt>> validators = new ArrayList<>(List.of(new JwtIssuerValidator(issuer), types));
		if (!audiences.isEmpty()) {
			validators.add(new JwtClaimValidator<Collection<String>>(JwtClaimNames.AUD,
					(audience) -> audience != null && !Collections.disjoint(audience, audiences)));
		}
		return JwtValidators.createDefaultWithValidators(validators);
	}

	/** Tells a bad token (401) from an issuer that does not answer (503). */
	private static ReactiveAuthenticationManager authenticationManager(ReactiveJwtDecoder decoder,
			AccessProperties properties) {
		JwtReactiveAuthenticationManager manager = new JwtReactiveAuthenticationManager(decoder);
		manager.setJwtAuthenticationConverter(SecurityConfiguration::authentication);
		return (token) -> manager.authenticate(token)
			.timeout(properties.issuerTimeout())
			.onErrorMap((ex) -> !(ex instanceof AuthenticationException),
					(ex) -> new AuthenticationServiceException("The issuer of tokens does not answer", ex));
	}

	private static Mono<JwtAuthenticationToken> authentication(Jwt token) {
		return (token.getSubject() != null) ? Mono.just(new JwtAuthenticationToken(token, List.of()))
				: Mono.error(new InvalidBearerTokenException("The token has no subject"));
	}

}
