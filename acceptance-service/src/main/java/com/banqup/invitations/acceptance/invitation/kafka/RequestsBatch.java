package com.banqup.invitations.acceptance.invitation.kafka;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import com.banqup.invitations.acceptance.invitation.RequestedInvitation;
import com.banqup.invitations.acceptance.invitation.Revocation;
import com.banqup.invitations.link.LinkToken;
import com.banqup.invitations.requests.InvitationRequested;
import com.banqup.invitations.requests.InvitationRevocationRequested;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A batch of records in this service's terms.
 *
 * @param requested what was requested
 * @param revoked what was revoked
 * @param passedOver records that say nothing to this service and never will
 * @param unreadable the first record that may become readable later; it and all after it
 * are not part of the batch. Null when there is none
 */
record RequestsBatch(List<RequestedInvitation> requested, List<Revocation> revoked, List<PassedOver> passedOver,
		@Nullable ConsumerRecord<String, Object> unreadable) {

	static RequestsBatch of(List<ConsumerRecord<String, Object>> records) {
		RequestsBatch batch = new RequestsBatch(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), null);
		for (ConsumerRecord<String, Object> consumed : records) {
			switch (consumed.value()) {
				case InvitationRequested value -> batch.add(consumed, value);
				case InvitationRevocationRequested value -> batch.revoked.add(revocation(value));
				case UnreadableValue value when value.mayBecomeReadable() -> {
					return new RequestsBatch(batch.requested, batch.revoked, batch.passedOver, consumed);
				}
				case UnreadableValue value -> batch.pass(consumed, Reason.UNDECODABLE);
				case null, default -> batch.pass(consumed, Reason.OF_NO_INTEREST);
			}
		}
		return batch;
	}

	private void add(ConsumerRecord<String, Object> consumed, InvitationRequested value) {
		if (isStorable(value)) {
			this.requested.add(invitation(value));
		}
		else {
			pass(consumed, Reason.INVALID);
		}
	}

	private void pass(ConsumerRecord<String, Object> consumed, Reason reason) {
		this.passedOver.add(new PassedOver(consumed.topic(), consumed.partition(), consumed.offset(), reason));
	}

	/**
	 * PostgreSQL stores no NUL, a link carries no other generation, and codes are stored
	 * with commas between them: such a record would block its partition for ever.
	 */
	private static boolean isStorable(InvitationRequested value) {
		return value.getGeneration() >= 1 && value.getGeneration() <= LinkToken.MAX_GENERATION
				&& value.getPermissions().stream().noneMatch((code) -> code.indexOf(',') >= 0)
				&& Stream
					.concat(Stream.of(value.getPartnerName(), value.getClientName(), value.getLanguage()),
							value.getPermissions().stream())
					.noneMatch((text) -> text.indexOf('\0') >= 0);
	}

	private static RequestedInvitation invitation(InvitationRequested value) {
		return new RequestedInvitation(value.getInvitationId(), value.getGeneration(), value.getPartnerSpaceId(),
				value.getPartnerName(), value.getClientId(), value.getClientName(), value.getEmail(),
				value.getLanguage(), value.getPermissions(), value.getRequestedAt(), value.getExpiresAt());
	}

	private static Revocation revocation(InvitationRevocationRequested value) {
		return new Revocation(value.getInvitationId(), value.getPartnerSpaceId(), value.getClientId(),
				value.getRequestedAt(), value.getRequestedBy());
	}

	/** A record that is left behind, by its place. */
	record PassedOver(String topic, int partition, long offset, Reason reason) {
	}

	/** Why a record is left behind. */
	enum Reason {

		/** Its bytes are not what they should be. */
		UNDECODABLE,

		/** It decodes, and makes no sense. */
		INVALID,

		/** A type that this service has no use for, or none at all. */
		OF_NO_INTEREST;

		String tag() {
			return name().toLowerCase(Locale.ROOT).replace('_', '-');
		}

	}

}
