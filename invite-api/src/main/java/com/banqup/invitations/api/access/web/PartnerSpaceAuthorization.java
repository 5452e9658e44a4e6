package com.banqup.invitations.api.access.web;

import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import com.banqup.invitations.api.access.AccessNeeded;
import com.banqup.invitations.api.access.AccessProperties;
import com.banqup.invitations.api.access.GrantedAccess;
import com.banqup.invitations.api.access.PartnerRole;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpMethod;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.authorization.ReactiveAuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.web.server.authorization.AuthorizationContext;
import org.springframework.stereotype.Component;

/**
 * The Partner Space in the path must be the one in the token, and the role in the token
 * must allow the method. The exchange then carries its {@link GrantedAccess}.
 */
@Component
class PartnerSpaceAuthorization implements ReactiveAuthorizationManager<AuthorizationContext> {

	/** The path variable that every guarded route has. */
	static final String PATH_VARIABLE = "partnerSpaceId";

	private final AccessProperties properties;

	PartnerSpaceAuthorization(AccessProperties properties) {
		this.properties = properties;
	}

	@Override
	public Mono<AuthorizationResult> authorize(Mono<Authentication> authentication, AuthorizationContext context) {
		return authentication.filter(Authentication::isAuthenticated)
			.map(Authentication::getPrincipal)
			.ofType(Jwt.class)
			.map((token) -> decide(token, context));
	}

	private AuthorizationResult decide(Jwt token, AuthorizationContext context) {
		Optional<UUID> asked = uuid(context.getVariables().get(PATH_VARIABLE));
		Optional<UUID> own = uuid(token.getClaims().get(this.properties.partnerSpaceClaim()));
		if (own.isEmpty() || !own.equals(asked)) {
			throw new PartnerSpaceHidden();
		}
		GrantedAccess access = new GrantedAccess(own.get(), needed(context.getExchange().getRequest()));
		boolean granted = roles(token).anyMatch((role) -> role.may(access.needed()));
		if (granted) {
			context.getExchange().getAttributes().put(GrantedAccess.ATTRIBUTE, access);
		}
		return new AuthorizationDecision(granted);
	}

	/** Issuers give one role as a text or several as a list. */
	private Stream<PartnerRole> roles(Jwt token) {
		Object claim = token.getClaims().get(this.properties.roleClaim());
		Stream<?> values = (claim instanceof Collection<?> several) ? several.stream() : Stream.ofNullable(claim);
		return values.map(String::valueOf).map(PartnerRole::ofClaim).flatMap(Optional::stream);
	}

	private static AccessNeeded needed(ServerHttpRequest request) {
		HttpMethod method = request.getMethod();
		return (HttpMethod.GET.equals(method) || HttpMethod.HEAD.equals(method) || HttpMethod.OPTIONS.equals(method))
				? AccessNeeded.LOOK : AccessNeeded.CHANGE;
	}

	private static Optional<UUID> uuid(@Nullable Object value) {
		try {
			return (value instanceof String text) ? Optional.of(UUID.fromString(text)) : Optional.empty();
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

}
