package com.banqup.invitations.dispatch.delivery.kafka;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.UUID;

import com.banqup.invitations.dispatch.delivery.DeliveryEvent;
import com.banqup.invitations.dispatch.delivery.DeliveryEvent.Subject;
import com.banqup.invitations.dispatch.delivery.DeliveryEvents;
import com.banqup.invitations.events.InvitationCancelled;
import com.banqup.invitations.events.InvitationDeferred;
import com.banqup.invitations.events.InvitationSent;
import com.banqup.invitations.events.InvitationUndeliverable;
import com.banqup.invitations.outbox.Outbox;
import com.banqup.invitations.outbox.OutboxMessage;
import com.banqup.invitations.schemas.Topics;
import org.apache.avro.specific.SpecificRecord;
import reactor.core.publisher.Mono;

/** Publishes events through the outbox, as records of the public contract. */
public final class OutboxDeliveryEvents implements DeliveryEvents {

	private final Outbox outbox;

	public OutboxDeliveryEvents(Outbox outbox) {
		this.outbox = outbox;
	}

	@Override
	public Mono<Void> publish(Collection<? extends DeliveryEvent> events) {
		return Mono.defer(() -> this.outbox.append(events.stream().map(OutboxDeliveryEvents::message).toList()));
	}

	private static OutboxMessage message(DeliveryEvent event) {
		return new OutboxMessage(Topics.ONBOARDING_EVENTS, event.subject().clientId().toString(), record(event));
	}

	private static SpecificRecord record(DeliveryEvent event) {
		Subject subject = event.subject();
		return switch (event) {
			case DeliveryEvent.Sent it ->
				new InvitationSent(eventId(event), it.at(), subject.partnerSpaceId(), subject.clientId(),
						subject.id().invitationId(), subject.id().generation(), it.replyCode(), it.attempts());
			case DeliveryEvent.Deferred it -> new InvitationDeferred(eventId(event), it.at(), subject.partnerSpaceId(),
					subject.clientId(), subject.id().invitationId(), subject.id().generation(), it.reasonCode(),
					it.replyCode(), it.attempts(), it.nextAttemptAt());
			case DeliveryEvent.Undeliverable it -> new InvitationUndeliverable(eventId(event), it.at(),
					subject.partnerSpaceId(), subject.clientId(), subject.id().invitationId(),
					subject.id().generation(), it.reasonCode(), it.replyCode(), it.enhancedStatus(), it.attempts());
			case DeliveryEvent.Cancelled it ->
				new InvitationCancelled(eventId(event), it.at(), subject.partnerSpaceId(), subject.clientId(),
						subject.id().invitationId(), subject.id().generation(), it.reasonCode());
		};
	}

	/** The same for the same event: made of what can happen to a delivery once only. */
	private static UUID eventId(DeliveryEvent event) {
		String what = switch (event) {
			case DeliveryEvent.Sent it -> "Sent/" + it.attempts();
			case DeliveryEvent.Deferred it -> "Deferred/" + it.attempts();
			case DeliveryEvent.Undeliverable it -> "Undeliverable/" + it.attempts();
			case DeliveryEvent.Cancelled it -> "Cancelled/0";
		};
		String name = event.subject().id().invitationId() + "/" + event.subject().id().generation() + "/" + what;
		return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
	}

}
