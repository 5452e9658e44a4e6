package com.banqup.invitations.api.problem;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.banqup.invitations.api.problem.Problem.FieldError;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

import org.springframework.beans.TypeMismatchException;
import org.springframework.core.MethodParameter;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.bind.support.WebExchangeBindException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.reactive.result.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.server.MissingRequestValueException;
import org.springframework.web.server.NotAcceptableStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.ServerWebInputException;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;

/** Answers requests that no feature understands: unknown routes, malformed bodies. */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE - 1)
class RequestProblems extends ResponseEntityExceptionHandler {

	private static final String INVALID = "invalid-request";

	@Override
	protected Mono<ResponseEntity<Object>> handleWebExchangeBindException(WebExchangeBindException ex,
			HttpHeaders headers, HttpStatusCode status, ServerWebExchange exchange) {
		return answer(invalid(fieldErrors(ex)));
	}

	@Override
	protected Mono<ResponseEntity<Object>> handleHandlerMethodValidationException(HandlerMethodValidationException ex,
			HttpHeaders headers, HttpStatusCode status, ServerWebExchange exchange) {
		return answer(invalid(ex.getParameterValidationResults().stream().flatMap(RequestProblems::errors).toList()));
	}

	@Override
	protected Mono<ResponseEntity<Object>> handleServerWebInputException(ServerWebInputException ex,
			HttpHeaders headers, HttpStatusCode status, ServerWebExchange exchange) {
		return answer(jackson(ex).map(RequestProblems::unreadable).orElseGet(() -> unreadable(ex)));
	}

	@Override
	protected Mono<ResponseEntity<Object>> handleMissingRequestValueException(MissingRequestValueException ex,
			HttpHeaders headers, HttpStatusCode status, ServerWebExchange exchange) {
		return answer(invalid(
				List.of(new FieldError(ex.getName(), "missing (expected: " + ExpectedType.of(ex.getType()) + ")"))));
	}

	@Override
	protected Mono<ResponseEntity<Object>> handleUnsupportedMediaTypeStatusException(
			UnsupportedMediaTypeStatusException ex, HttpHeaders headers, HttpStatusCode status,
			ServerWebExchange exchange) {
		List<MediaType> expected = ex.getSupportedMediaTypes();
		ProblemDetail problem = ofStatus(status);
		if (!expected.isEmpty()) {
			problem.setDetail("The path does not take a body of this Content-Type (expected: " + list(expected) + ").");
		}
		return Mono.just(new ResponseEntity<>(problem, headers, status));
	}

	@Override
	protected Mono<ResponseEntity<Object>> handleNotAcceptableStatusException(NotAcceptableStatusException ex,
			HttpHeaders headers, HttpStatusCode status, ServerWebExchange exchange) {
		List<MediaType> offered = ex.getSupportedMediaTypes();
		ProblemDetail problem = ofStatus(status);
		if (!offered.isEmpty()) {
			problem
				.setDetail("The path answers with what the Accept header rules out (expected: " + list(offered) + ").");
		}
		return Mono.just(new ResponseEntity<>(problem, headers, status));
	}

	private static String list(List<MediaType> types) {
		return types.stream().map(MediaType::toString).distinct().sorted().collect(Collectors.joining(", "));
	}

	/** The remaining ones: by their status. */
	@Override
	protected Mono<ResponseEntity<Object>> createResponseEntity(@Nullable Object body, @Nullable HttpHeaders headers,
			HttpStatusCode status, ServerWebExchange exchange) {
		return Mono.just(new ResponseEntity<>(ofStatus(status), headers, status));
	}

	@ExceptionHandler
	ProblemDetail handle(InvalidBody ex) {
		return invalid(ex.errors());
	}

	@ExceptionHandler
	ProblemDetail handle(JacksonException ex) {
		return unreadable(ex);
	}

	/** The problem that a status alone tells. */
	static ProblemDetail ofStatus(HttpStatusCode status) {
		HttpStatus known = Objects.requireNonNullElse(HttpStatus.resolve(status.value()),
				HttpStatus.INTERNAL_SERVER_ERROR);
		return switch (known) {
			case NOT_FOUND -> Problem.of(known, "route-not-found", "Route not found",
					"There is nothing at this path. The API is described at /v3/api-docs.");
			case METHOD_NOT_ALLOWED -> Problem.of(known, "method-not-allowed", "Method not allowed",
					"The path does not take this method; the Allow header names those it takes.");
			case NOT_ACCEPTABLE -> Problem.of(known, "not-acceptable", "Not acceptable",
					"The Accept header cannot be read, or rules out all that the path answers with.");
			case UNSUPPORTED_MEDIA_TYPE -> Problem.of(known, "unsupported-media-type", "Unsupported media type",
					"The path does not take a body of this Content-Type, or the header cannot be read.");
			case CONTENT_TOO_LARGE, PAYLOAD_TOO_LARGE -> Problem.of(HttpStatus.CONTENT_TOO_LARGE, "request-too-large",
					"Request too large", "The body is larger than this API accepts.");
			case BAD_REQUEST -> Problem.of(known, INVALID, "Invalid request", "The request is not valid.");
			default -> known.is4xxClientError()
					? Problem.of(known, known.getReasonPhrase().toLowerCase(Locale.ROOT).replace(' ', '-'),
							known.getReasonPhrase(), known.getReasonPhrase())
					: Problem.of(HttpStatus.INTERNAL_SERVER_ERROR, "internal-error", "Internal error",
							"Something went wrong on our side.");
		};
	}

	private static Optional<JacksonException> jackson(Throwable ex) {
		return Stream.iterate(ex, (cause) -> cause != null, Throwable::getCause)
			.filter(JacksonException.class::isInstance)
			.map(JacksonException.class::cast)
			.findFirst();
	}

	private static ProblemDetail unreadable(JacksonException ex) {
		if (ex instanceof DatabindException mismatch && !mismatch.getPath().isEmpty()) {
			return invalid(List.of(new FieldError(path(mismatch), message(mismatch))));
		}
		if (ex instanceof InputCoercionException number && !number.getPath().isEmpty()) {
			return invalid(List.of(new FieldError(path(number), "out of range (expected: a smaller whole number)")));
		}
		TokenStreamLocation location = ex.getLocation();
		ProblemDetail problem = Problem.of(HttpStatus.BAD_REQUEST, "malformed-json", "Malformed JSON",
				"The body is not valid: " + MalformedJson.reason(ex) + ".");
		if (location != null && location.getLineNr() > 0) {
			problem.setProperty("line", location.getLineNr());
			problem.setProperty("column", location.getColumnNr());
		}
		return problem;
	}

	private static String message(DatabindException ex) {
		return switch (ex) {
			case UnrecognizedPropertyException unknown ->
				"unknown field (expected: " + Objects.requireNonNullElse(unknown.getKnownPropertyIds(), List.of())
					.stream()
					.map(String::valueOf)
					.sorted()
					.collect(Collectors.joining(", ")) + ")";
			case InvalidFormatException format -> "not of the expected form (expected: " + typeName(format) + ")";
			case MismatchedInputException mismatch -> "of the wrong type (expected: " + typeName(mismatch) + ")";
			default -> "not readable";
		};
	}

	private static String typeName(MismatchedInputException ex) {
		Class<?> type = ex.getTargetType();
		return (type != null) ? ExpectedType.of(type) : "another type";
	}

	private static String path(JacksonException ex) {
		StringBuilder path = new StringBuilder();
		for (JacksonException.Reference step : ex.getPath()) {
			if (step.getPropertyName() == null) {
				path.append('[').append(step.getIndex()).append(']');
			}
			else {
				path.append(path.isEmpty() ? "" : ".").append(step.getPropertyName());
			}
		}
		return path.toString();
	}

	private static ProblemDetail unreadable(ServerWebInputException ex) {
		MethodParameter parameter = ex.getMethodParameter();
		boolean converted = Stream.iterate((Throwable) ex, (cause) -> cause != null, Throwable::getCause)
			.anyMatch(TypeMismatchException.class::isInstance);
		if (parameter != null && converted) {
			return invalid(List.of(new FieldError(Objects.requireNonNullElse(parameter.getParameterName(), "parameter"),
					"not of the expected form (expected: " + ExpectedType.of(parameter.getParameterType()) + ")")));
		}
		return Problem.of(HttpStatus.BAD_REQUEST, "body-missing", "Body missing", "The request needs a JSON body.");
	}

	private static ProblemDetail invalid(List<FieldError> errors) {
		String fields = errors.stream().map(FieldError::field).distinct().collect(Collectors.joining(", "));
		return Problem.of(HttpStatus.BAD_REQUEST, INVALID, "Invalid request", "Not valid: " + fields + ".", errors);
	}

	private static List<FieldError> fieldErrors(WebExchangeBindException ex) {
		return ex.getFieldErrors().stream().map(RequestProblems::error).toList();
	}

	private static Stream<FieldError> errors(ParameterValidationResult result) {
		if (result instanceof ParameterErrors body) {
			return body.getFieldErrors().stream().map(RequestProblems::error);
		}
		String name = Objects.requireNonNullElse(result.getMethodParameter().getParameterName(), "body");
		return result.getResolvableErrors()
			.stream()
			.map((error) -> new FieldError(name, Objects.requireNonNullElse(error.getDefaultMessage(), "not valid")));
	}

	private static FieldError error(org.springframework.validation.FieldError error) {
		return new FieldError(error.getField(), Objects.requireNonNullElse(error.getDefaultMessage(), "not valid"));
	}

	private static Mono<ResponseEntity<Object>> answer(ProblemDetail problem) {
		return Mono.just(ResponseEntity.status(problem.getStatus()).body(problem));
	}

}
