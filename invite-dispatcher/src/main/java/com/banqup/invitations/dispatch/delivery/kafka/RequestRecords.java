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
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts records into the words of deliveries. */
final class RequestRecords {

	private static final Logger logger = LoggerFactory.getLogger(RequestRecords.class);

	static final String UNDECODABLE = "undecodable";

	private final InstantSource clock;

	RequestRecords(InstantSource clock) {
		this.clock = clock;
	}

	/** The batch that these records ask for; none of them is unreadable. */
	RequestBatch toBatch(List<ConsumerRecord<byte[], Received>> records) {
		List<DeliveryRequest> requests = new ArrayList<>(records.size());
		List<Revocation> revocations = new ArrayList<>();
		List<DeadLetter> unusable = new ArrayList<>();
		for (ConsumerRecord<byte[], Received> record : records) {
			switch (record.value()) {
				case Received.Decoded(byte[] bytes, InvitationRequested request) ->
					requests.add(request(request, original(record, bytes)));
				case Received.Decoded(byte[] bytes, InvitationRevocationRequested revocation) ->
					revocations.add(new Revocation(revocation.getInvitationId(), revocation.getRequestedAt()));
				case Received.Decoded(byte[] bytes, Object other) -> passOver(record, other.getClass().getName());
				case Received.Unknown(String type) -> passOver(record, type);
				case Received.Undecodable(byte[] bytes, String error) ->
					unusable.add(new DeadLetter(original(record, bytes), UNDECODABLE, error, this.clock.instant()));
				case Received.Unreadable(String error) -> throw new IllegalArgumentException(
						"%s-%d@%d is unreadable".formatted(record.topic(), record.partition(), record.offset()));
			}
		}
		return new RequestBatch(requests, revocations, unusable);
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
		return new OriginalRecord(record.topic(), record.partition(), record.offset(),
				Instant.ofEpochMilli(record.timestamp()), record.key(), value, headers);
	}

	private static void passOver(ConsumerRecord<byte[], Received> record, String type) {
		logger.info("{}-{}@{}: passed over, a {} is not for the dispatcher", record.topic(), record.partition(),
				record.offset(), type);
	}

}
