package com.banqup.invitations.dispatch.delivery;

import java.time.Duration;
import java.util.List;

import com.banqup.invitations.dispatch.delivery.DeliveryProperties.LaneProperties;
import com.banqup.invitations.dispatch.mail.FakeMailGateway;
import com.banqup.invitations.dispatch.relay.RelayState;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import static com.banqup.invitations.dispatch.delivery.DeliveryFixtures.NOW;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class DeliveryConfigurationTests {

	@Test
	void demandsAConnectionForEachMailThatMayBeUnderWay() {
		DeliveryProperties delivery = new DeliveryProperties(Duration.ofSeconds(5), Duration.ofSeconds(40),
				Duration.ofSeconds(10), Duration.ofMillis(250), 2, new LaneProperties(2, 10, 10, 100),
				new LaneProperties(4, 10, 10, 200));
		RetryProperties retries = new RetryProperties(List.of(Duration.ofMinutes(1)), 0, Duration.ofSeconds(1),
				new RetryProperties.LaneProperties(10, 2), new RetryProperties.LaneProperties(10, 6));
		RecordAttempts attempts = new RecordAttempts(new InMemoryDeliveries(), Duration.ofSeconds(1));

		assertThatIllegalArgumentException()
			.isThrownBy(() -> new DeliveryConfiguration().mailRuns(new FakeMailGateway(), new RelayState(() -> NOW),
					attempts, retries, delivery, () -> NOW, new DeliveryMeters(new SimpleMeterRegistry()),
					new ShutdownNotice()))
			.withMessageStartingWith("dispatch.mail.connections: 1000 (expected: at least 1008");
	}

}
