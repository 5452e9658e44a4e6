package com.banqup.invitations.dispatch.delivery;

import com.banqup.invitations.dispatch.deadletter.InMemoryDeadLetters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import static com.banqup.invitations.dispatch.delivery.DeliveryFixtures.NOW;
import static org.assertj.core.api.Assertions.assertThat;

class QueueDepthsTests {

	private final InMemoryDeliveries deliveries = new InMemoryDeliveries();

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final QueueDepths depths = new QueueDepths(this.deliveries, new InMemoryDeadLetters(), () -> NOW,
			this.registry);

	@Test
	void tellsNothingItDoesNotKnow() {
		assertThat(depth()).isNaN();
		this.depths.measure().block();
		assertThat(depth()).isZero();

		this.deliveries.goDown();
		this.depths.measure().as(StepVerifier::create).verifyError();

		assertThat(depth()).isNaN();
	}

	private double depth() {
		return this.registry.get("dispatch.queue.depth").tag("queue", "retries-due").gauge().value();
	}

}
