package com.banqup.invitations.api.query.web;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.banqup.invitations.api.problem.InvalidBody;
import com.banqup.invitations.api.problem.Problem.FieldError;

import org.springframework.web.method.HandlerMethod;
import org.springframework.web.reactive.result.method.RequestMappingInfo;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.server.ServerWebExchange;

/**
 * Finds the operation for a request of the API, and refuses the request if its query has
 * what the operation does not take ({@link InvalidBody}): whoever mistypes {@code dryRun}
 * must not have mails sent. It is the one place that knows the operation before anything
 * is read or done for it. Other routes, such as the description of the API, take what
 * they like.
 */
class StrictQueryMapping extends RequestMappingHandlerMapping {

	private static final String API = "/v1/";

	/** As many as there are operations. */
	private final Map<Method, QueryParameters> parameters = new ConcurrentHashMap<>();

	@Override
	protected void handleMatch(RequestMappingInfo info, HandlerMethod operation, ServerWebExchange exchange) {
		super.handleMatch(info, operation, exchange);
		if (isOfApi(info)) {
			List<FieldError> errors = this.parameters
				.computeIfAbsent(operation.getMethod(), (method) -> QueryParameters.of(operation))
				.errors(exchange.getRequest().getQueryParams());
			if (!errors.isEmpty()) {
				throw new InvalidBody(errors);
			}
		}
	}

	private static boolean isOfApi(RequestMappingInfo info) {
		return info.getPatternsCondition()
			.getPatterns()
			.stream()
			.anyMatch((pattern) -> pattern.getPatternString().startsWith(API));
	}

}
