package com.banqup.invitations.dispatch.delivery.kafka;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;

/**
 * Down when a consumer has died. It does not come back by itself: a reason to start the
 * process again.
 */
final class ConsumersHealthIndicator implements HealthIndicator {

	private final List<ConcurrentMessageListenerContainer<?, ?>> containers;

	ConsumersHealthIndicator(Collection<? extends ConcurrentMessageListenerContainer<?, ?>> containers) {
		this.containers = List.copyOf(containers);
	}

	@Override
	public Health health() {
		Map<String, Object> details = new LinkedHashMap<>();
		boolean alive = true;
		for (ConcurrentMessageListenerContainer<?, ?> container : this.containers) {
			boolean complete = container.isRunning() && container.isInExpectedState();
			alive &= complete;
			details.put(String.valueOf(container.getBeanName()), complete ? "consumes" : "dead");
		}
		return (alive ? Health.up() : Health.down()).withDetails(details).build();
	}

}
