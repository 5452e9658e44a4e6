package com.banqup.invitations.dispatch.delivery.kafka;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

import com.banqup.invitations.dispatch.deadletter.DeadLetter;
import com.banqup.invitations.dispatch.deadletter.OriginalRecord;
import com.banqup.invitations.dispatch.deadletter.RecordHeader;
import com.banqup.invitations.dispatch.delivery.DeliveryId;
import com.banqup.invitations.dispatch.delivery.DeliveryRequest;
import com.banqup.invitations.dispatch.delivery.RequestBatch;
import com.banqup.invitations.dispatch.delivery.Revocation;
import com.banqup.invitations.requests.InvitationRequested;
import com.banqup.invitations.requests.InvitationRevocationRequested;
import com.banqup.invitations.schemas.PlausibleTimes;
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
	RequestBatch toBatch(List<ConsumerRecord<byte[], Received>> records) {
		List<DeliveryRequest> requests = new ArrayList<>(records.size());
		List<Revocation> revocations = new ArrayList<>();
		for (ConsumerRecord<byte[], Received> record : records) {
			if (defect(record) != null) {
				continue;
			}
			switch (record.value()) {
				case Received.Decoded(byte[] bytes, InvitationRequested request) ->
					requests.add(request(request, original(record, bytes)));
				case Received.Decoded(byte[] bytes, InvitationRevocationRequested revocation) ->
					revocations.add(new Revocation(revocation.getInvitationId(), revocation.getRequestedAt()));
				case Received.Decoded(byte[] bytes, Object other) -> passOver(record, other.getClass().getName());
				case Received.Unknown(String type) -> passOver(record, type);
				case Received.Undecodable undecodable -> throw new IllegalStateException("has a defect");
				case Received.Unreadable(String error) -> throw new IllegalArgumentException(
						"%s-%d@%d is unreadable".formatted(record.topic(), record.partition(), record.offset()));
			}
		}
		return new RequestBatch(requests, revocations);
	}

	/** Those of these records that nobody can ever do anything with. */
	List<DeadLetter> deadLetters(List<ConsumerRecord<byte[], Received>> records) {
		List<DeadLetter> letters = new ArrayList<>();
		for (ConsumerRecord<byte[], Received> record : records) {
			Defect defect = defect(record);
			if (defect != null) {
				letters.add(new DeadLetter(original(record, defect.bytes()), defect.reasonCode(), defect.detail(),
						this.clock.instant()));
			}
		}
		return letters;
	}

	/** The value is null when the record has none: the deserializer is not asked then. */
	private static @Nullable Defect defect(ConsumerRecord<byte[], @Nullable Received> record) {
		return switch (record.value()) {
			case null -> new Defect(null, UNDECODABLE, "record without a value");
			case Received.Undecodable(byte[] bytes, String error) -> new Defect(bytes, UNDECODABLE, error);
			case Received.Decoded(byte[] bytes, InvitationRequested request) when !PlausibleTimes
				.include(request.getRequestedAt()) || !PlausibleTimes.include(request.getExpiresAt()) ->
				new Defect(bytes, OUT_OF_RANGE,
						"requestedAt: %s, expiresAt: %s (expected: from %s on, before %s)".formatted(
								request.getRequestedAt(), request.getExpiresAt(), PlausibleTimes.EARLIEST,
								PlausibleTimes.END));
			case Received.Decoded(byte[] bytes, InvitationRequested request) when unstorable(
					request) instanceof String field ->
				new Defect(bytes, OUT_OF_RANGE, field + " (expected: no NUL, and no comma in a permission)");
			case Received.Decoded(byte[] bytes, InvitationRevocationRequested revocation) when !PlausibleTimes
				.include(revocation.getRequestedAt()) ->
				new Defect(bytes, OUT_OF_RANGE, "requestedAt: %s (expected: from %s on, before %s)"
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
	static @Nullable DeliveryId idOf(ConsumerRecord<byte[], Received> record) {
		return (record.value() instanceof Received.Decoded(byte[] bytes, InvitationRequested request)) ? id(request)
				: null;
	}

	private static DeliveryId id(InvitationRequested request) {
		return new DeliveryId(request.getInvitationId(), request.getGeneration());
	}

	private static DeliveryRequest request(InvitationRequested request, OriginalRecord original) {
		return new DeliveryRequest(id(request), request.getPartnerSpaceId(), request.getClientId(),
				request.getPartnerName(), request.getClientName(), request.getEmail(), request.getLanguage(),
				request.getMessage(), request.getPermissions(), request.getRequestedAt(), request.getExpiresAt(),
				original);
	}

	private static OriginalRecord original(ConsumerRecord<byte[], Received> record, byte @Nullable [] value) {
		List<RecordHeader> headers = new ArrayList<>();
		for (Header header : record.headers()) {
			headers.add(new RecordHeader(header.key(), header.value()));
		}
		Instant time = Instant.ofEpochMilli(record.timestamp());
		return new OriginalRecord(record.topic(), record.partition(), record.offset(),
				PlausibleTimes.include(time) ? time : Instant.EPOCH, record.key(), value, headers);
	}

	private static void passOver(ConsumerRecord<byte[], Received> record, String type) {
		log.info("{}-{}@{}: passed over, a {} is not for the dispatcher", record.topic(), record.partition(),
				record.offset(), type);
	}

	/**
	 * What makes a record useless.
	 *
	 * @param bytes its value as it came
	 * @param reasonCode stable code
	 * @param detail for operators
	 */
	private record Defect(byte @Nullable [] bytes, String reasonCode, String detail) {
	}

}
