package com.banqup.invitations.acceptance.web;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.oauth2.server.resource.autoconfigure.OAuth2ResourceServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoderInitializationException;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.util.StringUtils;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Which bearer tokens the API takes: of the clients' issuer, for one of our audiences if
 * any are configured, that speak for somebody. Metadata and keys are fetched when the
 * first token comes, so that the service starts without the issuer, and with the time
 * limits of the login.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OAuth2ResourceServerProperties.class)
class AccessTokenConfiguration {

	private static final Logger log = LoggerFactory.getLogger(AccessTokenConfiguration.class);

	private static final String JWT = "spring.security.oauth2.resourceserver.jwt.";

	/** The last two are those of RFC 9068. */
	private static final List<String> TYPES = List.of("JWT", "at+jwt", "application/at+jwt");

	@Bean
	ReactiveJwtDecoder accessTokens(OAuth2ResourceServerProperties properties, WebClient identityProvider) {
		String issuer = properties.getJwt().getIssuerUri();
		if (!StringUtils.hasText(issuer)) {
			throw new IllegalStateException(JWT + "issuer-uri is missing");
		}
		List<String> audiences = properties.getJwt().getAudiences();
		if (audiences.isEmpty()) {
			log.warn("{}audiences is not set: the API takes tokens that {} issued for anybody", JWT, issuer);
		}
		NimbusReactiveJwtDecoder decoder = NimbusReactiveJwtDecoder.withIssuerLocation(issuer)
			.webClient(identityProvider)
			.validateType(false)
			.build();
		decoder.setJwtValidator(validator(issuer, audiences));
		return (token) -> decoder.decode(token)
			.onErrorMap((ex) -> !(ex instanceof JwtException),
					(ex) -> new JwtDecoderInitializationException("The issuer hands out no keys", ex));
	}

	private static OAuth2TokenValidator<Jwt> validator(String issuer, List<String> audiences) {
		JwtTypeValidator type = new JwtTypeValidator(TYPES);
		type.setAllowEmpty(true);
		List<OAuth2TokenValidator<Jwt>> validators = new ArrayList<>(
				List.of(type, new JwtTimestampValidator(), new JwtIssuerValidator(issuer),
						new JwtClaimValidator<String>(JwtClaimNames.SUB, StringUtils::hasText)));
		if (!audiences.isEmpty()) {
			validators.add(new JwtClaimValidator<Collection<String>>(JwtClaimNames.AUD,
					(audience) -> !Collections.disjoint(audience, audiences)));
		}
		return new DelegatingOAuth2TokenValidator<>(validators);
	}

}
