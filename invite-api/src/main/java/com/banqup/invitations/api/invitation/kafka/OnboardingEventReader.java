package com.banqup.invitations.api.invitation.kafka;

import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import javax.net.ssl.SSLException;

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
import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import com.banqup.invitations.events.InvitationCancelled;
import com.banqup.invitations.events.InvitationDeferred;
import com.banqup.invitations.events.InvitationProgressed;
import com.banqup.invitations.events.InvitationRevoked;
import com.banqup.invitations.events.InvitationSent;
import com.banqup.invitations.events.InvitationUndeliverable;
import com.banqup.invitations.events.LinkEstablished;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.log.LogAccessor;
import org.springframework.kafka.support.serializer.DeserializationException;
import org.springframework.kafka.support.serializer.SerializationUtils;
import org.springframework.stereotype.Component;

/**
 * Turns records into facts. Records that say nothing to this service, and those that
 * nobody could read, are counted and passed over.
 */
@Component
class OnboardingEventReader {

	private static final Logger log = LoggerFactory.getLogger(OnboardingEventReader.class);

	private static final LogAccessor deserializationLog = new LogAccessor(OnboardingEventReader.class);

	private static final int NOT_FOUND = 404;

	private final MeterRegistry meters;

	OnboardingEventReader(MeterRegistry meters) {
		this.meters = meters;
	}

	/**
	 * The fact in the record, empty if there is none for this service.
	 * @throws RegistryUnavailable if the record may well be readable later
	 */
	Optional<OnboardingFact> read(ConsumerRecord<String, @Nullable Object> record) {
		Object event = record.value();
		if (event == null) {
			requireRegistry(record);
		}
		OnboardingFact fact = (event != null) ? fact(event) : null;
		count((event != null) ? event.getClass().getSimpleName() : "none",
				(fact != null) ? "read" : (event != null) ? "passed-over" : "undecodable");
		return Optional.ofNullable(fact);
	}

	private void requireRegistry(ConsumerRecord<String, @Nullable Object> record) {
		DeserializationException undecodable = SerializationUtils.getExceptionFromHeader(record,
				SerializationUtils.VALUE_DESERIALIZER_EXCEPTION_HEADER, deserializationLog);
		String place = record.topic() + "-" + record.partition() + "@" + record.offset();
		if (undecodable != null && causes(undecodable).anyMatch(OnboardingEventReader::isOfTheRegistry)) {
			throw new RegistryUnavailable("Schema registry unavailable for " + place, undecodable);
		}
		log.warn("Passed over {}: {}", place, (undecodable != null)
				? causes(undecodable).reduce((outer, inner) -> inner).orElseThrow().getClass() : "no value");
	}

	private static Stream<Throwable> causes(Throwable error) {
		return Stream.iterate(error, (cause) -> cause != null, Throwable::getCause);
	}

	/** Anything but the registry's word that it does not know the schema. */
	private static boolean isOfTheRegistry(Throwable cause) {
		return switch (cause) {
			case RestClientException ex -> ex.getStatus() != NOT_FOUND;
			case SocketException ex -> true;
			case SocketTimeoutException ex -> true;
			case UnknownHostException ex -> true;
			case SSLException ex -> true;
			case RetriableException ex -> true;
			default -> false;
		};
	}

	private void count(String type, String outcome) {
		this.meters.counter("onboarding.events", "type", type, "outcome", outcome).increment();
	}

	private static @Nullable OnboardingFact fact(Object event) {
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
