package com.banqup.invitations.acceptance.login;

import java.net.http.HttpClient;

import com.banqup.invitations.acceptance.account.Accounts;
import com.banqup.invitations.acceptance.session.SessionAttribute;
import reactor.core.publisher.Mono;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.security.oauth2.client.autoconfigure.OAuth2ClientProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.reactive.JdkClientHttpConnector;
import org.springframework.security.oauth2.client.endpoint.OAuth2AuthorizationCodeGrantRequest;
import org.springframework.security.oauth2.client.endpoint.ReactiveOAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.WebClientReactiveAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcReactiveOAuth2UserService;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.userinfo.DefaultReactiveOAuth2UserService;
import org.springframework.security.oauth2.client.userinfo.ReactiveOAuth2UserService;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoderFactory;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.WebClient;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(OAuth2ClientProperties.class)
class LoginConfiguration {

	/**
	 * For whatever is asked of the clients' identity provider, with time limits. The
	 * JDK's client looks names up as the machine does, on a thread of its own; Netty's
	 * resolver takes every name under {@code localhost} for this machine, which in a
	 * container it need not be.
	 */
	@Bean
	WebClient identityProvider(LoginProperties properties) {
		JdkClientHttpConnector connector = new JdkClientHttpConnector(HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.connectTimeout(properties.connectTimeout())
			.build());
		connector.setReadTimeout(properties.responseTimeout());
		return WebClient.builder()
			.clientConnector(connector)
			.filter(ExchangeFilterFunction.ofResponseProcessor(LoginConfiguration::requireNoOutage))
			.build();
	}

	/** Who says that they are out of order did not say no. */
	private static Mono<ClientResponse> requireNoOutage(ClientResponse response) {
		return response.statusCode().is5xxServerError() ? response.createError() : Mono.just(response);
	}

	@Bean
	ProviderRegistrations providerRegistrations(WebClient identityProvider, OAuth2ClientProperties client,
			LoginProperties properties) {
		return new ProviderRegistrations(identityProvider, client, properties);
	}

	@Bean
	ReactiveOAuth2AccessTokenResponseClient<OAuth2AuthorizationCodeGrantRequest> authorizationCodeTokens(
			WebClient identityProvider) {
		WebClientReactiveAuthorizationCodeTokenResponseClient tokens = new WebClientReactiveAuthorizationCodeTokenResponseClient();
		tokens.setWebClient(identityProvider);
		return tokens;
	}

	@Bean
	ReactiveOAuth2UserService<OidcUserRequest, OidcUser> accountUsers(WebClient identityProvider, Accounts accounts) {
		DefaultReactiveOAuth2UserService userInfo = new DefaultReactiveOAuth2UserService();
		userInfo.setWebClient(identityProvider);
		OidcReactiveOAuth2UserService provider = new OidcReactiveOAuth2UserService();
		provider.setOauth2UserService(userInfo);
		return new AccountUsers(provider, accounts);
	}

	@Bean
	ReactiveJwtDecoderFactory<ClientRegistration> idTokenDecoders(WebClient identityProvider) {
		return new IdTokenDecoders(identityProvider);
	}

	@Bean
	SessionAttribute signedInAttribute() {
		return new SessionAttribute(SignedInContexts.ATTRIBUTE, SignedIn.class);
	}

	@Bean
	SessionAttribute loginAttribute() {
		return new SessionAttribute(LoginAttempts.PREFIX, LoginAttempt.class);
	}

}
