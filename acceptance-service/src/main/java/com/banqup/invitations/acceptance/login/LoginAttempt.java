package com.banqup.invitations.acceptance.login;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

import com.banqup.invitations.link.LinkToken;
import com.banqup.invitations.schemas.InviteeLanguage;
import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;

/**
 * What a session remembers of a browser that was sent to the identity provider.
 *
 * @param invitationId the invitation it is about; the link's text is not kept
 * @param language code of the language that the reader chose, null for none
 * @param codeVerifier proves to the provider that the code comes to who asked for it;
 * gone once it was used
 */
record LoginAttempt(UUID invitationId, int generation, @Nullable String language, String authorizationUri,
		String clientId, String redirectUri, Set<String> scopes, @Nullable String nonce, @Nullable String codeVerifier,
		Instant startedAt) {

	static final String TARGET = LoginTarget.class.getName();

	/**
	 * What to remember of this request.
	 * @throws IllegalArgumentException when it has no target, nonce or verifier
	 */
	static LoginAttempt of(OAuth2AuthorizationRequest request, Instant now) {
		Map<String, Object> attributes = request.getAttributes();
		if (!(attributes.get(TARGET) instanceof LoginTarget target)
				|| !(attributes.get(OidcParameterNames.NONCE) instanceof String nonce)
				|| !(attributes.get(PkceParameterNames.CODE_VERIFIER) instanceof String verifier)) {
			throw new IllegalArgumentException("authorization request: no target, nonce or code verifier");
		}
		InviteeLanguage language = target.language();
		return new LoginAttempt(target.link().invitationId(), target.link().generation(),
				(language != null) ? language.code() : null, request.getAuthorizationUri(), request.getClientId(),
				Objects.requireNonNull(request.getRedirectUri(), "redirect_uri"), request.getScopes(), nonce, verifier,
				now);
	}

	LoginTarget target() {
		InviteeLanguage chosen = (this.language != null) ? InviteeLanguage.ofCode(this.language).orElse(null) : null;
		return new LoginTarget(new LinkToken(this.invitationId, this.generation), chosen);
	}

	boolean isUsed() {
		return this.nonce == null || this.codeVerifier == null;
	}

	LoginAttempt used() {
		return new LoginAttempt(this.invitationId, this.generation, this.language, this.authorizationUri, this.clientId,
				this.redirectUri, this.scopes, null, null, this.startedAt);
	}

	/** The request as it was made. */
	OAuth2AuthorizationRequest request(String state) {
		return OAuth2AuthorizationRequest.authorizationCode()
			.authorizationUri(this.authorizationUri)
			.clientId(this.clientId)
			.redirectUri(this.redirectUri)
			.scopes(this.scopes)
			.state(state)
			.attributes((attributes) -> {
				attributes.put(OAuth2ParameterNames.REGISTRATION_ID, ProviderRegistrations.REGISTRATION_ID);
				attributes.put(OidcParameterNames.NONCE, this.nonce);
				attributes.put(PkceParameterNames.CODE_VERIFIER, this.codeVerifier);
			})
			.build();
	}

	@Override
	public String toString() {
		return "LoginAttempt[%s]".formatted(this.invitationId);
	}

}
