package com.banqup.invitations.api.problem;

import java.util.List;

import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.accept.RequestedContentTypeResolver;
import org.springframework.web.reactive.accept.RequestedContentTypeResolverBuilder;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.server.ServerWebExchange;

/**
 * Whoever is told that a request failed is told it by a problem, whatever type they
 * accept: those who ask for events or files can be told nothing else in these.
 */
@Configuration(proxyBeanMethods = false)
class ProblemTypeConfiguration implements WebFluxConfigurer {

	@Override
	public void configureContentTypeResolver(RequestedContentTypeResolverBuilder builder) {
		builder.resolver(ProblemTypeConfiguration::ofFailure);
		builder.headerResolver();
	}

	private static List<MediaType> ofFailure(ServerWebExchange exchange) {
		HttpStatusCode status = exchange.getResponse().getStatusCode();
		return (status != null && status.isError()) ? List.of(MediaType.APPLICATION_PROBLEM_JSON)
				: RequestedContentTypeResolver.MEDIA_TYPE_ALL_LIST;
	}

}
