package com.banqup.invitations.dispatch.delivery;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import static com.banqup.invitations.dispatch.delivery.DeliveryFixtures.NOW;
import static com.banqup.invitations.dispatch.delivery.DeliveryFixtures.aRequest;
import static com.banqup.invitations.dispatch.delivery.DeliveryFixtures.batchOf;
import static com.banqup.invitations.dispatch.delivery.DeliveryFixtures.cancellationOf;
import static com.banqup.invitations.dispatch.delivery.DeliveryFixtures.claimAt;
import static com.banqup.invitations.dispatch.delivery.DeliveryFixtures.deferred;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CancelDeferredTests {

	private static final CancelledBatchesProperties PROPERTIES = new CancelledBatchesProperties(Duration.ofSeconds(1),
			2, Duration.ofDays(30), Duration.ofHours(1));

	private final InMemoryDeliveries deliveries = new InMemoryDeliveries();

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final CancelDeferred cancelDeferred = cancelDeferredAt(() -> NOW);

	@Test
	void goesOnUntilNothingIsLeftAndCountsWhatItCancelled() {
		DeliveryRequest first = aRequest().inBatch(UUID.randomUUID()).build();
		Stream.of(first, aRequest().inBatchOf(first).build(), aRequest().inBatchOf(first).build()).forEach(this::defer);
		this.deliveries.admit(cancellationOf(first), claimAt(NOW)).block();

		StepVerifier.create(this.cancelDeferred.cancelSome()).expectNext(true).verifyComplete();
		StepVerifier.create(this.cancelDeferred.cancelSome()).expectNext(false).verifyComplete();

		assertThat(this.registry.get("dispatch.mails").tag("outcome", "cancelled").counter().count()).isEqualTo(3);
	}

	@Test
	void forgetsABulkWhenItWasRememberedLongEnough() {
		DeliveryRequest request = aRequest().inBatch(UUID.randomUUID()).build();
		this.deliveries.admit(cancellationOf(request), claimAt(NOW)).block();

		StepVerifier.create(cancelDeferredAt(() -> NOW.plus(PROPERTIES.rememberFor())).forgetOld())
			.expectNext(false)
			.verifyComplete();
		defer(request);
		assertThat(this.deliveries.stateOf(request.id())).isEqualTo(DeliveryState.CANCELLED);
		StepVerifier.create(cancelDeferredAt(() -> NOW.plus(PROPERTIES.rememberFor()).plusMillis(1)).forgetOld())
			.expectNext(false)
			.verifyComplete();

		assertThat(this.deliveries.admit(batchOf(aRequest().inBatchOf(request).build()), claimAt(NOW)).block())
			.satisfies((admission) -> assertThat(admission.claimed()).hasSize(1));
	}

	@Test
	void mustRememberABulkLongerThanItsRecordsAreKept() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new CancelledBatchesProperties(Duration.ofSeconds(1), 500, Duration.ofDays(7),
					Duration.ofHours(1)))
			.withMessageContaining("dispatch.cancelled-batches.remember-for: PT168H (expected: more than PT168H");
		assertThatIllegalArgumentException()
			.isThrownBy(
					() -> new CancelledBatchesProperties(Duration.ZERO, 500, Duration.ofDays(30), Duration.ofHours(1)))
			.withMessageContaining("dispatch.cancelled-batches.interval: PT0S");
		assertThatIllegalArgumentException().isThrownBy(
				() -> new CancelledBatchesProperties(Duration.ofSeconds(1), 500, Duration.ofDays(30), Duration.ZERO))
			.withMessageContaining("dispatch.cancelled-batches.forgetting-interval: PT0S");
	}

	private CancelDeferred cancelDeferredAt(InstantSource clock) {
		return new CancelDeferred(this.deliveries, new DeliveryMeters(this.registry), clock, PROPERTIES,
				Duration.ofSeconds(5));
	}

	private void defer(DeliveryRequest request) {
		Claim claim = claimAt(NOW);
		this.deliveries.admit(batchOf(request), claim)
			.flatMapIterable(Admission::claimed)
			.<Attempt>map((delivery) -> deferred(delivery, NOW, NOW.plusSeconds(60)))
			.collectList()
			.flatMap((attempts) -> this.deliveries.record(attempts, claim))
			.block();
	}

}
