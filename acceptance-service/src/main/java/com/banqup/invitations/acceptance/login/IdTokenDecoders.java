package com.banqup.invitations.acceptance.login;

import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.oidc.authentication.ReactiveOidcIdTokenDecoderFactory;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.converter.ClaimTypeConverter;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoderFactory;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Checks ID tokens with the provider's keys: fetched when needed, with our time limits,
 * and with public key algorithms that the provider says it uses.
 */
final class IdTokenDecoders implements ReactiveJwtDecoderFactory<ClientRegistration> {

	private final WebClient http;

	private final Map<String, ReactiveJwtDecoder> byKeySet = new ConcurrentHashMap<>();

	IdTokenDecoders(WebClient http) {
		this.http = http;
	}

	@Override
	public ReactiveJwtDecoder createDecoder(ClientRegistration registration) {
		String keySet = Objects.requireNonNull(registration.getProviderDetails().getJwkSetUri(), "jwks_uri");
		return this.byKeySet.computeIfAbsent(keySet, (uri) -> decoder(uri, registration));
	}

	private ReactiveJwtDecoder decoder(String keySet, ClientRegistration registration) {
		NimbusReactiveJwtDecoder decoder = NimbusReactiveJwtDecoder.withJwkSetUri(keySet)
			.jwsAlgorithms((algorithms) -> algorithms.addAll(algorithms(registration)))
			.webClient(this.http)
			.build();
		decoder.setJwtValidator(new DelegatingOAuth2TokenValidator<>(new JwtTimestampValidator(),
				new OidcIdTokenValidator(registration)));
		decoder.setClaimSetConverter(
				new ClaimTypeConverter(ReactiveOidcIdTokenDecoderFactory.createDefaultClaimTypeConverters()));
		return decoder;
	}

	private static Set<SignatureAlgorithm> algorithms(ClientRegistration registration) {
		Object listed = registration.getProviderDetails()
			.getConfigurationMetadata()
			.get("id_token_signing_alg_values_supported");
		Set<SignatureAlgorithm> algorithms = (listed instanceof Collection<?> names) ? names.stream()
			.map((name) -> SignatureAlgorithm.from(String.valueOf(name)))
			.filter(Objects::nonNull)
			.collect(Collectors.toSet()) : Set.of();
		return algorithms.isEmpty() ? Set.of(SignatureAlgorithm.RS256) : algorithms;
	}

}
