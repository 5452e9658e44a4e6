package com.banqup.invitations.dispatch.delivery;

import java.util.List;

import com.banqup.invitations.dispatch.deadletter.DeadLetter;
import org.jspecify.annotations.Nullable;

class InMemoryDeliveriesTests implements DeliveriesContract {

	private final InMemoryDeliveries deliveries = new InMemoryDeliveries();

	@Override
	public Deliveries deliveries() {
		return this.deliveries;
	}

	@Override
	public List<DeliveryEvent> events() {
		return this.deliveries.events();
	}

	@Override
	public List<DeadLetter> deadLetters() {
		return this.deliveries.deadLetters();
	}

	@Override
	public @Nullable DeliveryState stateOf(DeliveryId id) {
		return this.deliveries.stateOf(id);
	}

}
