package com.banqup.invitations.api.query.web;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import com.banqup.invitations.api.problem.ExpectedType;
import com.banqup.invitations.api.problem.Problem.FieldError;
import org.jspecify.annotations.Nullable;

import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.util.MultiValueMap;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.method.HandlerMethod;

/**
 * What an operation takes in the query, as the parameters of its method say: those that
 * are a {@link RequestParam}, and the components of records that are bound as a whole.
 */
final class QueryParameters {

	private static final ParameterNameDiscoverer NAMES = new DefaultParameterNameDiscoverer();

	private final Map<String, Known> known;

	private QueryParameters(Map<String, Known> known) {
		this.known = known;
	}

	/** Those of an operation. */
	static QueryParameters of(HandlerMethod operation) {
		Map<String, Known> known = new LinkedHashMap<>();
		Arrays.stream(operation.getMethodParameters())
			.flatMap(QueryParameters::known)
			.forEach((each) -> known.put(each.name(), each));
		return new QueryParameters(known);
	}

	private static Stream<Known> known(MethodParameter parameter) {
		RequestParam annotation = parameter.getParameterAnnotation(RequestParam.class);
		if (annotation != null) {
			return Stream.of(Known.of(parameter, annotation));
		}
		// Records that are no body are bound to the query, with or without an annotation;
		// all others come from the path, from headers or from the server.
		boolean bound = parameter.getParameterType().isRecord() && !parameter.hasParameterAnnotation(RequestBody.class);
		return bound ? Arrays.stream(parameter.getParameterType().getRecordComponents()).map(Known::of)
				: Stream.empty();
	}

	/**
	 * All that is wrong with a query: names that mean nothing here, values that are
	 * missing, too many, or not true or false where just these are taken. Other values
	 * are for the operation to judge.
	 */
	List<FieldError> errors(MultiValueMap<String, String> query) {
		List<FieldError> errors = new ArrayList<>();
		query.forEach((name, values) -> {
			Known parameter = this.known.get(name);
			String error = (parameter != null) ? parameter.error(values)
					: "unknown parameter (expected: " + names() + ")";
			if (error != null) {
				errors.add(new FieldError(name, error));
			}
		});
		this.known.values()
			.stream()
			.filter((parameter) -> parameter.required() && !query.containsKey(parameter.name()))
			.forEach((parameter) -> errors.add(new FieldError(parameter.name(), "missing" + parameter.expected())));
		return errors;
	}

	private String names() {
		return this.known.isEmpty() ? "none" : String.join(", ", this.known.keySet());
	}

	/**
	 * A parameter that means something.
	 *
	 * @param name as it is in the query
	 * @param type what its values become
	 * @param required whether the operation needs it
	 */
	private record Known(String name, Class<?> type, boolean required) {

		static Known of(MethodParameter parameter, RequestParam annotation) {
			parameter.initParameterNameDiscovery(NAMES);
			String name = StringUtils.hasText(annotation.name()) ? annotation.name()
					: Objects.requireNonNull(parameter.getParameterName(), "compiled without -parameters");
			return new Known(name, parameter.getParameterType(),
					annotation.required() && ValueConstants.DEFAULT_NONE.equals(annotation.defaultValue()));
		}

		static Known of(RecordComponent component) {
			return new Known(component.getName(), component.getType(), false);
		}

		/** What is wrong with the values, null if nothing is. */
		@Nullable String error(List<@Nullable String> values) {
			if (values.size() > 1 && !this.type.isArray() && !Collection.class.isAssignableFrom(this.type)) {
				return "given " + values.size() + " times (expected: once)";
			}
			return values.stream().allMatch(this::isTaken) ? null
					: (values.stream().allMatch(StringUtils::hasLength) ? "not of the expected form" : "empty")
							+ expected();
		}

		/**
		 * Spring is more generous with true and false than anybody expects who mistypes
		 * one of them: nothing at all is the default, and there are on, yes and 1.
		 */
		private boolean isTaken(@Nullable String value) {
			if (this.type == boolean.class || this.type == Boolean.class) {
				return "true".equals(value) || "false".equals(value);
			}
			// An empty text may mean something: search=, from a form that is not filled
			// in.
			return (this.type == String.class) ? value != null : StringUtils.hasLength(value);
		}

		private String expected() {
			return " (expected: " + ExpectedType.of(this.type) + ")";
		}

	}

}
