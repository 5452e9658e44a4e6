package com.banqup.invitations.acceptance.login;

import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientProperties;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.client.registration.ReactiveClientRegistrationRepository;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Our registration at the clients' identity provider. The provider's metadata are fetched
 * in the background, and by who wants to sign in when they have not come yet: the service
 * starts and shows pages while the provider is down.
 */
final class ProviderRegistrations implements ReactiveClientRegistrationRepository, SmartLifecycle {

	/** Our one registration. */
	static final String REGISTRATION_ID = "banqup";

	private static final Logger log = LoggerFactory.getLogger(ProviderRegistrations.class);

	private static final Set<String> SCOPES = Set.of("openid", "profile", "email");

	private static final String REDIRECT_URI = "{baseUrl}/login/oauth2/code/{registrationId}";

	private final WebClient http;

	private final OAuth2ClientProperties.Registration client;

	private final String clientId;

	private final URI issuer;

	private final LoginProperties properties;

	private volatile @Nullable ClientRegistration known;

	private @Nullable Disposable refreshing;

	ProviderRegistrations(WebClient http, OAuth2ClientProperties client, LoginProperties properties) {
		this.http = http;
		this.client = require(client.getRegistration().get(REGISTRATION_ID), "registration.banqup.client-id");
		OAuth2ClientProperties.Provider provider = require(client.getProvider().get(REGISTRATION_ID),
				"provider.banqup.issuer-uri");
		this.issuer = URI.create(require(provider.getIssuerUri(), "provider.banqup.issuer-uri"));
		this.clientId = require(this.client.getClientId(), "registration.banqup.client-id");
		this.properties = properties;
	}

	private static <T> T require(@Nullable T value, String property) {
		if (value == null) {
			throw new IllegalStateException("spring.security.oauth2.client.%s is missing".formatted(property));
		}
		return value;
	}

	@Override
	public Mono<ClientRegistration> findByRegistrationId(String registrationId) {
		return REGISTRATION_ID.equals(registrationId)
				? Mono.justOrEmpty(this.known).switchIfEmpty(Mono.defer(this::discover)) : Mono.empty();
	}

	/**
	 * Whether the provider has a page for new accounts that can be asked for.
	 */
	boolean promptsForRegistration(ClientRegistration registration) {
		return switch (this.properties.registrationPrompt()) {
			case ALWAYS -> true;
			case NEVER -> false;
			case AUTO -> registration.getProviderDetails()
				.getConfigurationMetadata()
				.get("prompt_values_supported") instanceof Collection<?> prompts && prompts.contains("create");
		};
	}

	/** The origins that a form may lead to when it starts a login. */
	Set<String> formTargets() {
		Set<String> origins = new LinkedHashSet<>();
		origins.add(Origins.of(this.issuer));
		ClientRegistration registration = this.known;
		if (registration != null) {
			origins.add(Origins.of(URI.create(registration.getProviderDetails().getAuthorizationUri())));
		}
		this.properties.formTargets().forEach((target) -> origins.add(Origins.of(target)));
		return origins;
	}

	private Mono<ClientRegistration> discover() {
		return this.http.get()
			.uri(URI.create(withoutSlash(this.issuer.toString()) + "/.well-known/openid-configuration"))
			.retrieve()
			.bodyToMono(new ParameterizedTypeReference<Map<String, Object>>() {
			})
			// Reading metadata loads classes and their files, so not on an event loop.
			.publishOn(Schedulers.boundedElastic())
			.flatMap((metadata) -> Mono.fromCallable(() -> learn(metadata)))
			.onErrorMap((ex) -> new ProviderUnavailable("identity provider's metadata: " + ex, ex));
	}

	private ClientRegistration learn(Map<String, Object> metadata) {
		ClientRegistration registration = registration(metadata);
		this.known = registration;
		return registration;
	}

	private ClientRegistration registration(Map<String, Object> metadata) {
		String issuer = String.valueOf(metadata.get("issuer"));
		if (!withoutSlash(issuer).equals(withoutSlash(this.issuer.toString()))) {
			throw new IllegalStateException("issuer: %s (expected: %s)".formatted(issuer, this.issuer));
		}
		ClientRegistration.Builder registration = ClientRegistrations.fromOidcConfiguration(metadata)
			.registrationId(REGISTRATION_ID)
			.clientId(this.clientId)
			.clientSecret(this.client.getClientSecret())
			.clientName(REGISTRATION_ID)
			.redirectUri(Objects.requireNonNullElse(this.client.getRedirectUri(), REDIRECT_URI))
			.scope((this.client.getScope() != null) ? this.client.getScope() : SCOPES)
			.clientSettings(ClientRegistration.ClientSettings.builder().requireProofKey(true).build());
		if (this.client.getClientAuthenticationMethod() != null) {
			registration.clientAuthenticationMethod(
					new ClientAuthenticationMethod(this.client.getClientAuthenticationMethod()));
		}
		else if (this.client.getClientSecret() == null) {
			registration.clientAuthenticationMethod(ClientAuthenticationMethod.NONE);
		}
		return registration.build();
	}

	private static String withoutSlash(String uri) {
		return uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
	}

	@Override
	public synchronized void start() {
		this.refreshing = Mono.defer(this::refresh).flatMap((pause) -> Mono.delay(pause)).repeat().subscribe();
	}

	/** Asks for the metadata; tells how long to wait before asking again. */
	private Mono<Duration> refresh() {
		return discover().map((registration) -> this.properties.metadataRefresh())
			.doOnError((ex) -> log.warn("Nobody can sign in for the first time yet: {}", ex.getMessage()))
			.onErrorReturn(this.properties.metadataRetry());
	}

	@Override
	public synchronized void stop() {
		if (this.refreshing != null) {
			this.refreshing.dispose();
			this.refreshing = null;
		}
	}

	@Override
	public synchronized boolean isRunning() {
		return this.refreshing != null;
	}

}
