package com.banqup.invitations.api.idempotency.web;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

import com.banqup.invitations.api.idempotency.Answer;
import com.banqup.invitations.api.idempotency.AnswerOnce;
import com.banqup.invitations.api.idempotency.GivenAnswer;
import com.banqup.invitations.api.idempotency.IdempotentRequest;
import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import com.banqup.invitations.api.turns.Turns;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/** Answers requests with an Idempotency-Key once, and those without as they come. */
@Component
public class IdempotentAnswers {

	/** Says that the answer was given before. */
	public static final String REPLAYED = "Idempotency-Replayed";

	private final AnswerOnce answerOnce;

	private final Turns turns;

	private final JsonMapper json;

	public IdempotentAnswers(AnswerOnce answerOnce, Turns turns, JsonMapper json) {
		this.answerOnce = answerOnce;
		this.turns = turns;
		this.json = json;
	}

	/**
	 * The answer to the request: a repeat's at once, that of work when it is the Partner
	 * Space's turn.
	 * @param exchange the request
	 * @param partnerSpaceId whose request
	 * @param form its body as it was understood, null if it has none: two bodies that say
	 * the same are the same
	 * @param work what carries it out
	 */
	public Mono<ResponseEntity<Object>> answer(ServerWebExchange exchange, PartnerSpaceId partnerSpaceId,
			@Nullable Object form, Supplier<? extends Mono<? extends ResponseEntity<?>>> work) {
		return Mono.defer(() -> IdempotencyKeyHeader.find(exchange.getRequest().getHeaders())
			.map((key) -> request(exchange, partnerSpaceId, key, form))
			.map((request) -> answerOnce(request, () -> work.get().map(this::answer)))
			.orElseGet(
					() -> this.turns.take(partnerSpaceId.value(), () -> work.get().map(IdempotentAnswers::response))));
	}

	private Mono<ResponseEntity<Object>> answerOnce(IdempotentRequest request, Supplier<Mono<Answer>> work) {
		return this.answerOnce.find(request)
			.switchIfEmpty(
					this.turns.take(request.partnerSpaceId().value(), () -> this.answerOnce.answer(request, work)))
			.map(IdempotentAnswers::response);
	}

	private IdempotentRequest request(ServerWebExchange exchange, PartnerSpaceId partnerSpaceId, String key,
			@Nullable Object form) {
		return new IdempotentRequest(partnerSpaceId, exchange.getRequest().getMethod().name(),
				exchange.getRequest().getPath().pathWithinApplication().value(), key, BodyHash.of(form));
	}

	private Answer answer(ResponseEntity<?> response) {
		URI location = response.getHeaders().getLocation();
		return new Answer(response.getStatusCode().value(), (location != null) ? location.toString() : null,
				this.json.writeValueAsString(response.getBody()));
	}

	private static ResponseEntity<Object> response(GivenAnswer given) {
		ResponseEntity.BodyBuilder response = ResponseEntity.status(given.answer().status())
			.contentType(MediaType.APPLICATION_JSON);
		if (given.answer().location() != null) {
			response.location(URI.create(given.answer().location()));
		}
		if (given.repeated()) {
			response.header(REPLAYED, "true");
		}
		return response.body(given.answer().body().getBytes(StandardCharsets.UTF_8));
	}

	private static ResponseEntity<Object> response(ResponseEntity<?> response) {
		return ResponseEntity.status(response.getStatusCode()).headers(response.getHeaders()).body(response.getBody());
	}

}
