package com.banqup.invitations.dispatch.delivery.kafka;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

import com.banqup.invitations.dispatch.deadletter.DeadLetter;
import com.banqup.invitations.dispatch.deadletter.OriginalRecord;
import com.banqup.invitations.dispatch.deadletter.RecordHeader;
import com.banqup.invitations.dispatch.delivery.BatchCancellation;
import com.banqup.invitations.dispatch.delivery.DeliveryEvent;
import com.banqup.invitations.dispatch.delivery.DeliveryId;
import com.banqup.invitations.dispatch.delivery.DeliveryRequest;
import com.banqup.invitations.dispatch.delivery.RequestBatch;
import com.banqup.invitations.dispatch.delivery.Revocation;
import com.banqup.invitations.dispatch.delivery.UselessRequest;
import com.banqup.invitations.requests.BatchCancellationRequested;
import com.banqup.invitations.requests.InvitationRequested;
import com.banqup.invitations.requests.InvitationRevocationRequested;
import com.banqup.invitations.schemas.Decoding.Decoded;
import com.banqup.invitations.schemas.Decoding.RegistryUnavailable;
import com.banqup.invitations.schemas.Decoding.Undecodable;
import com.banqup.invitations.schemas.Decoding.UnknownType;
import com.banqup.invitations.schemas.EncodedRecord;
import com.banqup.invitations.schemas.PlausibleTimes;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts records into the words of deliveries. */
final class RequestRecords {

	private static final Logger log = LoggerFactory.getLogger(RequestRecords.class);

	static final String UNDECODABLE = "undecodable";

	static final String OUT_OF_RANGE = "out-of-range";

	private final InstantSource clock;

	RequestRecords(InstantSource clock) {
		this.clock = clock;
	}

	/** The batch that these records ask for; none of them is unreadable. */
	RequestBatch toBatch(List<Received> records) {
		List<DeliveryRequest> requests = new ArrayList<>(records.size());
		List<Revocation> revocations = new ArrayList<>();
		List<BatchCancellation> cancellations = new ArrayList<>();
		for (Received received : records) {
			if (defect(received) != null) {
				continue;
			}
			switch (received.content()) {
				case Decoded(InvitationRequested request) ->
					requests.add(request(request, original(received.record())));
				case Decoded(InvitationRevocationRequested revocation) ->
					revocations.add(new Revocation(revocation.getInvitationId(), revocation.getRequestedAt()));
				case Decoded(BatchCancellationRequested cancellation) -> cancellations
					.add(new BatchCancellation(cancellation.getBatchId(), cancellation.getPartnerSpaceId()));
				case Decoded(SpecificRecord other) -> passOver(received.record(), other.getClass().getName());
				case UnknownType(String type) -> passOver(received.record(), type);
				case null -> throw new IllegalStateException("has a defect");
				case Undecodable(Exception reason) -> throw new IllegalStateException("has a defect", reason);
				case RegistryUnavailable(Exception reason) ->
					throw new IllegalArgumentException("%s-%d@%d is unreadable".formatted(received.record().topic(),
							received.record().partition(), received.record().offset()));
			}
		}
		return new RequestBatch(requests, revocations, cancellations);
	}

	/** Those of these records that nobody can ever do anything with. */
	List<UselessRequest> useless(List<Received> records) {
		List<UselessRequest> useless = new ArrayList<>();
		for (Received received : records) {
			Defect defect = defect(received);
			if (defect != null) {
				DeadLetter letter = new DeadLetter(original(received.record()), defect.reasonCode(), defect.detail(),
						this.clock.instant());
				useless.add(new UselessRequest(letter, subject(received)));
			}
		}
		return useless;
	}

	private static DeliveryEvent.@Nullable Subject subject(Received received) {
		return (received.content() instanceof Decoded(InvitationRequested request))
				? new DeliveryEvent.Subject(id(request), request.getPartnerSpaceId(), request.getClientId()) : null;
	}

	private static @Nullable Defect defect(Received received) {
		return switch (received.content()) {
			case null -> new Defect(UNDECODABLE, "record without a value");
			case Undecodable(Exception reason) -> new Defect(UNDECODABLE, reason.toString());
			case Decoded(InvitationRequested request) when !PlausibleTimes.include(request.getRequestedAt())
					|| !PlausibleTimes.include(request.getExpiresAt()) ->
				new Defect(OUT_OF_RANGE, "requestedAt: %s, expiresAt: %s (expected: from %s on, before %s)".formatted(
						request.getRequestedAt(), request.getExpiresAt(), PlausibleTimes.EARLIEST, PlausibleTimes.END));
			case Decoded(InvitationRequested request) when unstorable(request) instanceof String field ->
				new Defect(OUT_OF_RANGE, field + " (expected: no NUL, and no comma in a permission)");
			case Decoded(InvitationRevocationRequested revocation) when !PlausibleTimes
				.include(revocation.getRequestedAt()) ->
				new Defect(OUT_OF_RANGE, "requestedAt: %s (expected: from %s on, before %s)"
					.formatted(revocation.getRequestedAt(), PlausibleTimes.EARLIEST, PlausibleTimes.END));
			default -> null;
		};
	}

	/**
	 * The texts that links are kept with must be as the acceptance-service takes them: it
	 * would never know the mail's link otherwise. Codes are stored with commas between
	 * them.
	 * @return the first that is not, null when all are
	 */
	private static @Nullable String unstorable(InvitationRequested request) {
		if (hasNul(request.getPartnerName())) {
			return "partnerName";
		}
		if (hasNul(request.getClientName())) {
			return "clientName";
		}
		if (hasNul(request.getLanguage())) {
			return "language";
		}
		boolean codes = request.getPermissions().stream().anyMatch((code) -> hasNul(code) || code.indexOf(',') >= 0);
		return codes ? "permissions" : null;
	}

	private static boolean hasNul(String text) {
		return text.indexOf('\0') >= 0;
	}

	/** Which delivery a record asks for, null when it asks for none. */
	static @Nullable DeliveryId idOf(Received received) {
		return (received.content() instanceof Decoded(InvitationRequested request)) ? id(request) : null;
	}

	private static DeliveryId id(InvitationRequested request) {
		return new DeliveryId(request.getInvitationId(), request.getGeneration());
	}

	private static DeliveryRequest request(InvitationRequested request, OriginalRecord original) {
		return new DeliveryRequest(id(request), request.getPartnerSpaceId(), request.getClientId(),
				request.getPartnerName(), request.getClientName(), request.getEmail(), request.getLanguage(),
				request.getMessage(), request.getPermissions(), request.getRequestedAt(), request.getExpiresAt(),
				request.getBatchId(), original);
	}

	private static OriginalRecord original(ConsumerRecord<byte[], @Nullable EncodedRecord> record) {
		List<RecordHeader> headers = new ArrayList<>();
		for (Header header : record.headers()) {
			headers.add(new RecordHeader(header.key(), header.value()));
		}
		EncodedRecord value = record.value();
		Instant time = Instant.ofEpochMilli(record.timestamp());
		return new OriginalRecord(record.topic(), record.partition(), record.offset(),
				PlausibleTimes.include(time) ? time : Instant.EPOCH, record.key(),
				(value != null) ? value.bytes() : null, headers);
	}

	private static void passOver(ConsumerRecord<byte[], @Nullable EncodedRecord> record, String type) {
		log.info("{}-{}@{}: passed over, a {} is not for the dispatcher", record.topic(), record.partition(),
				record.offset(), type);
	}

	/**
	 * What makes a record useless.
	 *
	 * @param reasonCode stable code
	 * @param detail for operators
	 */
	private record Defect(String reasonCode, String detail) {
	}

}
