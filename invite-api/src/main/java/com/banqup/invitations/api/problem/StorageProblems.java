package com.banqup.invitations.api.problem;

import io.r2dbc.spi.R2dbcNonTransientResourceException;
import io.r2dbc.spi.R2dbcTransientException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Answers requests while the database is away or too slow. Whether a change was made is
 * then unknown to the caller: repeating it with its Idempotency-Key is safe.
 */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE - 2)
class StorageProblems {

	/** How long callers should wait before they try again. */
	static final String RETRY_AFTER_SECONDS = "5";

	private static final Logger log = LoggerFactory.getLogger(StorageProblems.class);

	@ExceptionHandler({ TransactionException.class, TransientDataAccessException.class,
			NonTransientDataAccessResourceException.class, R2dbcNonTransientResourceException.class,
			R2dbcTransientException.class })
	ResponseEntity<ProblemDetail> handle(Exception ex, ServerHttpRequest request) {
		log.warn("Storage unavailable: {}", ex.toString());
		return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
			.header(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
			.body(Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "storage-unavailable", "Storage unavailable",
					"The request cannot be carried out at the moment. Try again" + withSameKey(request) + "."));
	}

	/** Other methods than POST take no key, and need none. */
	private static String withSameKey(ServerHttpRequest request) {
		return HttpMethod.POST.equals(request.getMethod()) ? ", with the same Idempotency-Key" : "";
	}

}
