package com.banqup.invitations.api.problem;

import java.util.List;
import java.util.stream.Stream;

import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.accept.HeaderContentTypeResolver;
import org.springframework.web.reactive.accept.RequestedContentTypeResolver;
import org.springframework.web.reactive.accept.RequestedContentTypeResolverBuilder;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.server.NotAcceptableStatusException;
import org.springframework.web.server.ServerWebExchange;

/**
 * Whoever is told that a request failed is told it by a problem, whatever type they
 * accept: those who ask for events or files can be told nothing else in these.
 */
@Configuration(proxyBeanMethods = false)
class ProblemTypeConfiguration implements WebFluxConfigurer {

	private static final RequestedContentTypeResolver ACCEPTED = new HeaderContentTypeResolver();

	@Override
	public void configureContentTypeResolver(RequestedContentTypeResolverBuilder builder) {
		builder.resolver(ProblemTypeConfiguration::ofFailure);
		builder.resolver(ACCEPTED);
	}

	/** Accepted types come after it: not all that fails is told by a problem. */
	private static List<MediaType> ofFailure(ServerWebExchange exchange) {
		HttpStatusCode status = exchange.getResponse().getStatusCode();
		if (status == null || !status.isError()) {
			return RequestedContentTypeResolver.MEDIA_TYPE_ALL_LIST;
		}
		return Stream.concat(Stream.of(MediaType.APPLICATION_PROBLEM_JSON), accepted(exchange).stream()).toList();
	}

	private static List<MediaType> accepted(ServerWebExchange exchange) {
		try {
			return ACCEPTED.resolveMediaTypes(exchange);
		}
		catch (NotAcceptableStatusException ex) {
			return List.of();
		}
	}

}
