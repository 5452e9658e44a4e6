package com.banqup.invitations.acceptance.invitation.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;

import com.banqup.invitations.acceptance.invitation.UnusableRequest;
import com.banqup.invitations.acceptance.invitation.UnusableRequests;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class UnusableRequestsDepthTests {

	private static final Duration INTERVAL = Duration.ofSeconds(15);

	private final MeterRegistry meters = new SimpleMeterRegistry();

	private final Kept kept = new Kept();

	private final UnusableRequestsDepth depth = new UnusableRequestsDepth(this.kept,
			new RequestsProperties(Duration.ofSeconds(30), 2, Duration.ofSeconds(10), INTERVAL), this.meters);

	@Test
	void isNotKnownBeforeTheFirstLook() {
		assertThat(gauge()).isNaN();
	}

	@Test
	void isWhatTheDatabaseTells() {
		this.kept.count = Mono.just(3L);

		StepVerifier.create(this.depth.sample()).verifyComplete();

		assertThat(gauge()).isEqualTo(3);
	}

	@Test
	void isNotKnownWhileTheDatabaseIsDown() {
		this.kept.count = Mono.just(3L);
		StepVerifier.create(this.depth.sample()).verifyComplete();
		this.kept.count = Mono.error(new IllegalStateException("down"));

		StepVerifier.create(this.depth.sample()).verifyComplete();

		assertThat(gauge()).isNaN();
	}

	@Test
	void isNotKnownWhileTheDatabaseIsSilent() {
		this.kept.count = Mono.just(3L);
		StepVerifier.create(this.depth.sample()).verifyComplete();
		this.kept.count = Mono.never();

		StepVerifier.withVirtualTime(this.depth::sample).thenAwait(INTERVAL).verifyComplete();

		assertThat(gauge()).isNaN();
	}

	@Test
	void needsTimeBetweenLooks() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new RequestsProperties(Duration.ofSeconds(30), 2, Duration.ofSeconds(10), Duration.ZERO))
			.withMessage("acceptance.requests.sample-interval: PT0S (expected: more than 0)");
	}

	private double gauge() {
		return this.meters.get("acceptance.queue.depth").tag("queue", "unusable-requests").gauge().value();
	}

	private static final class Kept implements UnusableRequests {

		private Mono<Long> count = Mono.empty();

		@Override
		public Mono<Void> keep(Collection<UnusableRequest> requests, Instant now) {
			return Mono.empty();
		}

		@Override
		public Mono<Long> count() {
			return this.count;
		}

	}

}
