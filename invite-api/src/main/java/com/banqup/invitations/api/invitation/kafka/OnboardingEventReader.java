package com.banqup.invitations.api.invitation.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import com.banqup.invitations.api.client.ClientId;
import com.banqup.invitations.api.invitation.Delivery;
import com.banqup.invitations.api.invitation.DeliveryState;
import com.banqup.invitations.api.invitation.InvitationId;
import com.banqup.invitations.api.invitation.OnboardingFact;
import com.banqup.invitations.api.invitation.OnboardingFact.ClientLinked;
import com.banqup.invitations.api.invitation.OnboardingFact.ClientProgressed;
import com.banqup.invitations.api.invitation.OnboardingFact.InvitationEnded;
import com.banqup.invitations.api.invitation.OnboardingFact.MailReported;
import com.banqup.invitations.api.invitation.Progress;
import com.banqup.invitations.api.invitation.kafka.OnboardingEvents.ReadFact;
import com.banqup.invitations.api.invitation.kafka.OnboardingEvents.Unusable;
import com.banqup.invitations.api.invitation.kafka.OnboardingEvents.Waiting;
import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import com.banqup.invitations.events.InvitationCancelled;
import com.banqup.invitations.events.InvitationDeferred;
import com.banqup.invitations.events.InvitationProgressed;
import com.banqup.invitations.events.InvitationRevoked;
import com.banqup.invitations.events.InvitationSent;
import com.banqup.invitations.events.InvitationUndeliverable;
import com.banqup.invitations.events.LinkEstablished;
import com.banqup.invitations.schemas.Decoding;
import com.banqup.invitations.schemas.Decoding.Decoded;
import com.banqup.invitations.schemas.Decoding.RegistryUnavailable;
import com.banqup.invitations.schemas.Decoding.Undecodable;
import com.banqup.invitations.schemas.Decoding.UnknownType;
import com.banqup.invitations.schemas.EncodedRecord;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Turns records into facts. Those that say nothing to this service are counted and passed
 * over; those that cannot be read yet are counted at each try.
 */
@Component
class OnboardingEventReader {

	private final MeterRegistry meters;

	OnboardingEventReader(MeterRegistry meters) {
		this.meters = meters;
	}

	/**
	 * What the records say, up to the first one that cannot be read yet.
	 */
	OnboardingEvents read(List<ConsumerRecord<String, @Nullable EncodedRecord>> records) {
		List<ReadFact> facts = new ArrayList<>(records.size());
		List<Unusable> unusable = new ArrayList<>();
		for (ConsumerRecord<String, @Nullable EncodedRecord> record : records) {
			switch (decode(record)) {
				case Decoded(SpecificRecord event) -> read(record, event, facts, unusable);
				case UnknownType(String type) -> count("unknown", "passed-over");
				case Undecodable(Exception reason) -> unusable.add(new Unusable(record, reason));
				case RegistryUnavailable(Exception reason) -> {
					count("none", "waiting");
					return new OnboardingEvents(facts, unusable, new Waiting(record, reason));
				}
			}
		}
		return new OnboardingEvents(facts, unusable, null);
	}

	private static Decoding decode(ConsumerRecord<String, @Nullable EncodedRecord> record) {
		EncodedRecord encoded = record.value();
		return (encoded != null) ? encoded.decode() : new Undecodable(new SerializationException("no value"));
	}

	private void read(ConsumerRecord<String, @Nullable EncodedRecord> record, SpecificRecord event,
			List<ReadFact> facts, List<Unusable> unusable) {
		try {
			OnboardingFact fact = fact(event);
			if (fact != null) {
				facts.add(new ReadFact(record, fact));
			}
			count(event.getClass().getSimpleName(), (fact != null) ? "read" : "passed-over");
		}
		catch (RuntimeException ex) {
			unusable.add(new Unusable(record, ex));
		}
	}

	private void count(String type, String outcome) {
		this.meters.counter("onboarding.events", "type", type, "outcome", outcome).increment();
	}

	private static @Nullable OnboardingFact fact(SpecificRecord event) {
		return switch (event) {
			case InvitationSent sent -> mail(sent.getPartnerSpaceId(), sent.getClientId(), sent.getInvitationId(),
					sent.getGeneration(), new Delivery(DeliveryState.SENT, null, sent.getReplyCode(),
							sent.getAttempts(), null, sent.getOccurredAt()));
			case InvitationDeferred deferred -> mail(deferred.getPartnerSpaceId(), deferred.getClientId(),
					deferred.getInvitationId(), deferred.getGeneration(),
					new Delivery(DeliveryState.DEFERRED, deferred.getReasonCode(), deferred.getReplyCode(),
							deferred.getAttempts(), deferred.getNextAttemptAt(), deferred.getOccurredAt()));
			case InvitationUndeliverable refused ->
				mail(refused.getPartnerSpaceId(), refused.getClientId(), refused.getInvitationId(),
						refused.getGeneration(), new Delivery(DeliveryState.REJECTED, refused.getReasonCode(),
								refused.getReplyCode(), refused.getAttempts(), null, refused.getOccurredAt()));
			case InvitationCancelled cancelled -> mail(cancelled.getPartnerSpaceId(), cancelled.getClientId(),
					cancelled.getInvitationId(), cancelled.getGeneration(), new Delivery(DeliveryState.CANCELLED,
							cancelled.getReasonCode(), null, 0, null, cancelled.getOccurredAt()));
			case InvitationProgressed progressed -> progress(progressed);
			case InvitationRevoked revoked -> new InvitationEnded(new PartnerSpaceId(revoked.getPartnerSpaceId()),
					new ClientId(revoked.getClientId()), new InvitationId(revoked.getInvitationId()),
					revoked.getOccurredAt());
			case LinkEstablished link -> new ClientLinked(new PartnerSpaceId(link.getPartnerSpaceId()),
					new ClientId(link.getClientId()), new InvitationId(link.getInvitationId()), link.getLinkId(),
					link.getBusinessSpaceId(), link.getOccurredAt());
			default -> null;
		};
	}

	private static OnboardingFact mail(UUID partnerSpaceId, UUID clientId, UUID invitationId, int generation,
			Delivery delivery) {
		return new MailReported(new PartnerSpaceId(partnerSpaceId), new ClientId(clientId),
				new InvitationId(invitationId), generation, delivery);
	}

	private static @Nullable OnboardingFact progress(InvitationProgressed progressed) {
		Progress progress = switch (progressed.getStep()) {
			case OPENED -> Progress.OPENED;
			case SIGNED_IN -> Progress.SIGNED_IN;
			case SPACE_CHOSEN -> Progress.SPACE_CHOSEN;
			case CONFIRMED -> Progress.CONFIRMED;
			case UNKNOWN -> null;
		};
		return (progress == null) ? null
				: new ClientProgressed(new PartnerSpaceId(progressed.getPartnerSpaceId()),
						new ClientId(progressed.getClientId()), new InvitationId(progressed.getInvitationId()),
						progress, progressed.getOccurredAt());
	}

}
