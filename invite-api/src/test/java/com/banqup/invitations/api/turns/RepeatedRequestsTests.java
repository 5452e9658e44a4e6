package com.banqup.invitations.api.turns;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import com.banqup.invitations.api.idempotency.Answer;
import com.banqup.invitations.api.idempotency.AnswerOnce;
import com.banqup.invitations.api.idempotency.IdempotencyProperties;
import com.banqup.invitations.api.idempotency.IdempotentRequest;
import com.banqup.invitations.api.idempotency.KeptAnswer;
import com.banqup.invitations.api.idempotency.KeptAnswers;
import com.banqup.invitations.api.idempotency.RequestInProgress;
import com.banqup.invitations.api.idempotency.web.IdempotentAnswers;
import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.ResponseEntity;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;

import static org.assertj.core.api.Assertions.assertThat;

/** Repeats of a Partner Space whose turns are all taken and waited for. */
class RepeatedRequestsTests {

	private static final PartnerSpaceId SPACE = new PartnerSpaceId(UUID.randomUUID());

	private final Turns turns = new Turns(new TurnsProperties(1, 1, 0, Duration.ofSeconds(10)),
			new SimpleMeterRegistry());

	private final InMemoryKeptAnswers kept = new InMemoryKeptAnswers();

	private final IdempotentAnswers answers = new IdempotentAnswers(
			new AnswerOnce(this.kept, new IdempotencyProperties(Duration.ofHours(1)), Clock.systemUTC()), this.turns,
			JsonMapper.shared());

	@Test
	void getTheStoredAnswerWithoutATurn() {
		answer("done", Mono.just(ResponseEntity.ok("first"))).block();
		takeAllTurns();

		answer("done", Mono.error(new AssertionError("carried out twice"))).as(StepVerifier::create)
			.assertNext(
					(response) -> assertThat(response.getHeaders().getFirst("Idempotency-Replayed")).isEqualTo("true"))
			.verifyComplete();
	}

	@Test
	void areToldAtOnceThatTheRequestIsInProgress() {
		answer("running", Mono.never()).subscribe();

		answer("running", Mono.error(new AssertionError("carried out twice"))).as(StepVerifier::create)
			.verifyError(RequestInProgress.class);
	}

	@Test
	void otherRequestsWaitForTheirTurn() {
		takeAllTurns();

		answer("new", Mono.just(ResponseEntity.ok("first"))).as(StepVerifier::create).verifyError(TooManyWrites.class);
	}

	private void takeAllTurns() {
		this.turns.take(SPACE.value(), Mono::never).subscribe();
	}

	private Mono<ResponseEntity<Object>> answer(String key, Mono<ResponseEntity<String>> work) {
		MockServerHttpRequest request = MockServerHttpRequest.post("/clients").header("Idempotency-Key", key).build();
		return this.answers.answer(MockServerWebExchange.from(request), SPACE, null, () -> work);
	}

	/** Locks are held for good: nothing ends the transactions that took them. */
	private static final class InMemoryKeptAnswers implements KeptAnswers {

		private final Map<IdempotentRequest, KeptAnswer> answers = new HashMap<>();

		private final Set<IdempotentRequest> locked = new HashSet<>();

		@Override
		public Mono<Boolean> tryLock(IdempotentRequest request) {
			return Mono.fromSupplier(() -> this.locked.add(request));
		}

		@Override
		public Mono<Boolean> isLocked(IdempotentRequest request) {
			return Mono.fromSupplier(() -> this.locked.contains(request));
		}

		@Override
		public Mono<KeptAnswer> find(IdempotentRequest request, Instant now) {
			return Mono.fromSupplier(() -> this.answers.get(request));
		}

		@Override
		public Mono<Void> keep(IdempotentRequest request, Answer answer, Instant now, Instant expiresAt) {
			return Mono.fromRunnable(() -> this.answers.put(request, new KeptAnswer(request.bodyHash(), answer)));
		}

		@Override
		public Mono<Long> removeExpired(Instant now, int limit) {
			return Mono.just(0L);
		}

	}

}
