package com.banqup.invitations.acceptance.invitation.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.banqup.invitations.acceptance.invitation.RequestedInvitation;
import com.banqup.invitations.acceptance.invitation.Revocation;
import com.banqup.invitations.acceptance.invitation.UnusableRequest;
import com.banqup.invitations.link.LinkToken;
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
import org.jspecify.annotations.Nullable;

/**
 * A batch of records in this service's terms.
 *
 * @param requested what was requested
 * @param revoked what was revoked
 * @param unusable records that nothing can ever be learned from
 * @param ofNoInterest how many records are of types that this service has no use for
 * @param waiting the first record that cannot be read yet; it and all after it are not
 * part of the batch. Null when there is none
 */
record RequestsBatch(List<RequestedInvitation> requested, List<Revocation> revoked, List<UnusableRequest> unusable,
		int ofNoInterest, @Nullable Waiting waiting) {

	/** Its bytes are not what they should be. */
	static final String UNDECODABLE = "undecodable";

	/** It decodes, and makes no sense. */
	static final String INVALID = "invalid";

	static RequestsBatch of(List<ConsumerRecord<String, @Nullable EncodedRecord>> records) {
		List<RequestedInvitation> requested = new ArrayList<>();
		List<Revocation> revoked = new ArrayList<>();
		List<UnusableRequest> unusable = new ArrayList<>();
		int ofNoInterest = 0;
		for (ConsumerRecord<String, @Nullable EncodedRecord> consumed : records) {
			EncodedRecord value = consumed.value();
			if (value == null) {
				ofNoInterest++;
				continue;
			}
			switch (value.decode()) {
				case Decoded(InvitationRequested request) when isStorable(request) ->
					requested.add(invitation(request));
				case Decoded(InvitationRevocationRequested revocation) when isStorable(revocation) ->
					revoked.add(revocation(revocation));
				case Decoded(InvitationRequested request) -> unusable.add(invalid(consumed, value));
				case Decoded(InvitationRevocationRequested revocation) -> unusable.add(invalid(consumed, value));
				case Undecodable(Exception reason) ->
					unusable.add(unusable(consumed, value, UNDECODABLE, reason.toString()));
				case RegistryUnavailable(Exception reason) -> {
					return new RequestsBatch(requested, revoked, unusable, ofNoInterest, new Waiting(consumed, reason));
				}
				case Decoded(SpecificRecord other) -> ofNoInterest++;
				case UnknownType(String type) -> ofNoInterest++;
			}
		}
		return new RequestsBatch(requested, revoked, unusable, ofNoInterest, null);
	}

	private static UnusableRequest invalid(ConsumerRecord<String, @Nullable EncodedRecord> consumed,
			EncodedRecord value) {
		return unusable(consumed, value, INVALID, "a generation, a moment or a text is out of bounds");
	}

	private static UnusableRequest unusable(ConsumerRecord<String, @Nullable EncodedRecord> consumed,
			EncodedRecord value, String reason, String error) {
		return new UnusableRequest(consumed.topic(), consumed.partition(), consumed.offset(), consumed.timestamp(),
				consumed.key(), value.bytes(), reason, error);
	}

	/**
	 * PostgreSQL stores no NUL and no moment of any age, a link carries no other
	 * generation, and codes are stored with commas between them: such a record would
	 * block its partition for ever.
	 */
	private static boolean isStorable(InvitationRequested value) {
		return value.getGeneration() >= 1 && value.getGeneration() <= LinkToken.MAX_GENERATION
				&& PlausibleTimes.include(value.getRequestedAt()) && PlausibleTimes.include(value.getExpiresAt())
				&& value.getPermissions().stream().noneMatch((code) -> code.indexOf(',') >= 0)
				&& Stream
					.concat(Stream.of(value.getPartnerName(), value.getClientName(), value.getLanguage()),
							value.getPermissions().stream())
					.noneMatch((text) -> text.indexOf('\0') >= 0);
	}

	private static boolean isStorable(InvitationRevocationRequested value) {
		return PlausibleTimes.include(value.getRequestedAt());
	}

	private static RequestedInvitation invitation(InvitationRequested value) {
		return new RequestedInvitation(value.getInvitationId(), value.getGeneration(), value.getPartnerSpaceId(),
				value.getPartnerName(), value.getClientId(), value.getClientName(), value.getLanguage(),
				value.getPermissions(), value.getRequestedAt(), value.getExpiresAt());
	}

	private static Revocation revocation(InvitationRevocationRequested value) {
		return new Revocation(value.getInvitationId(), value.getPartnerSpaceId(), value.getClientId(),
				value.getRequestedAt());
	}

	/**
	 * A record that cannot be read yet.
	 *
	 * @param consumed the record
	 * @param reason why not
	 */
	record Waiting(ConsumerRecord<String, @Nullable EncodedRecord> consumed, Exception reason) {
	}

}
