package com.banqup.invitations.dispatch.delivery;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import com.banqup.invitations.dispatch.deadletter.DeadLetter;
import com.banqup.invitations.dispatch.deadletter.OriginalRecord;
import com.banqup.invitations.dispatch.deadletter.RecordHeader;
import com.banqup.invitations.dispatch.mail.MailDeferred;
import com.banqup.invitations.dispatch.mail.MailReceipt;
import com.banqup.invitations.schemas.Topics;
import org.jspecify.annotations.Nullable;

/** Requests, attempts and claims that tests talk about. */
public final class DeliveryFixtures {

	/** The time that the tests start at. */
	public static final Instant NOW = Instant.parse("2026-03-01T09:00:00Z");

	private DeliveryFixtures() {
	}

	/** A request for the first mail of a new invitation. */
	public static RequestBuilder aRequest() {
		return new RequestBuilder();
	}

	/** A batch of these requests and nothing else. */
	public static RequestBatch batchOf(DeliveryRequest... requests) {
		return new RequestBatch(List.of(requests), List.of(), List.of());
	}

	/** A batch that revokes these invitations. */
	public static RequestBatch revocationOf(UUID... invitations) {
		List<Revocation> revocations = List.of(invitations).stream().map((id) -> new Revocation(id, NOW)).toList();
		return new RequestBatch(List.of(), revocations, List.of());
	}

	/** A batch that cancels the bulk of this request. */
	public static RequestBatch cancellationOf(DeliveryRequest request) {
		BatchCancellation cancellation = new BatchCancellation(Objects.requireNonNull(request.batchId()),
				request.partnerSpaceId());
		return new RequestBatch(List.of(), List.of(), List.of(cancellation));
	}

	/** A claim made at this time, for a minute. */
	public static Claim claimAt(Instant now) {
		return new Claim(UUID.randomUUID(), now, now.plus(Duration.ofMinutes(1)));
	}

	public static Attempt.Sent sent(Delivery delivery, Instant at) {
		return new Attempt.Sent(delivery, at, new MailReceipt(250, "2.0.0 Ok: queued", Duration.ofMillis(12)));
	}

	public static Attempt.Deferred deferred(Delivery delivery, Instant at, Instant nextAttemptAt) {
		return new Attempt.Deferred(delivery, at,
				new Attempt.Failure("mailbox-busy", 450, "4.2.1", "4.2.1 try again later", Duration.ofMillis(15)),
				nextAttemptAt);
	}

	/** The relay's answer to the mail did not come. */
	public static Attempt.Deferred maybeDelivered(Delivery delivery, Instant at, Instant nextAttemptAt) {
		return new Attempt.Deferred(delivery, at,
				new Attempt.Failure(MailDeferred.MAYBE_DELIVERED, null, null, "connection lost", Duration.ofMillis(15)),
				nextAttemptAt);
	}

	public static Attempt.Rejected rejected(Delivery delivery, Instant at) {
		return new Attempt.Rejected(delivery, at,
				new Attempt.Failure("mailbox-unknown", 550, "5.1.1", "5.1.1 no such user", Duration.ofMillis(15)),
				"mailbox-unknown");
	}

	/** This request, as if nobody could carry it out. */
	public static UselessRequest useless(DeliveryRequest request, Instant at) {
		return new UselessRequest(new DeadLetter(request.original(), "out-of-range", "expiresAt: +300000-01-01", at),
				new DeliveryEvent.Subject(request.id(), request.partnerSpaceId(), request.clientId()));
	}

	/** Builds requests. */
	public static final class RequestBuilder {

		private UUID invitationId = UUID.randomUUID();

		private int generation = 1;

		private String email = "info@bakkerij.example";

		private String language = "nl";

		private @Nullable String message = "Welkom bij ons kantoor";

		private List<String> permissions = List.of("view-documents", "send-invoices");

		private UUID partnerSpaceId = UUID.randomUUID();

		private @Nullable UUID batchId;

		private String topic = Topics.INVITATION_REQUESTS;

		private Instant expiresAt = NOW.plus(Duration.ofDays(30));

		private RequestBuilder() {
		}

		public RequestBuilder of(UUID invitationId) {
			this.invitationId = invitationId;
			return this;
		}

		public RequestBuilder generation(int generation) {
			this.generation = generation;
			return this;
		}

		public RequestBuilder to(String email) {
			this.email = email;
			return this;
		}

		public RequestBuilder in(String language) {
			this.language = language;
			return this;
		}

		public RequestBuilder saying(@Nullable String message) {
			this.message = message;
			return this;
		}

		public RequestBuilder asking(String... permissions) {
			this.permissions = List.of(permissions);
			return this;
		}

		public RequestBuilder expiringAt(Instant expiresAt) {
			this.expiresAt = expiresAt;
			return this;
		}

		/** A request of this bulk. */
		public RequestBuilder inBatch(UUID batchId) {
			this.batchId = batchId;
			return byTheBulkTopic();
		}

		/** A request of the same bulk as the other. */
		public RequestBuilder inBatchOf(DeliveryRequest other) {
			this.batchId = other.batchId();
			this.partnerSpaceId = other.partnerSpaceId();
			return byTheBulkTopic();
		}

		/** A request that comes as those of bulks do. */
		public RequestBuilder byTheBulkTopic() {
			this.topic = Topics.INVITATION_REQUESTS_BULK;
			return this;
		}

		public DeliveryRequest build() {
			byte[] key = UUID.randomUUID().toString().getBytes(StandardCharsets.UTF_8);
			byte[] value = { 0, 0, 0, 0, 7, (byte) 0xFF, 'x' };
			OriginalRecord original = new OriginalRecord(this.topic, 3, 4711, NOW.minusSeconds(5), key, value,
					List.of(new RecordHeader("traceparent", "00-ab-cd-01".getBytes(StandardCharsets.UTF_8)),
							new RecordHeader("empty", null)));
			return new DeliveryRequest(new DeliveryId(this.invitationId, this.generation), this.partnerSpaceId,
					UUID.randomUUID(), "Boekhouding Janssens & Zoon", "Bakkerij Ĳsbrand", this.email, this.language,
					this.message, this.permissions, NOW.minusSeconds(10), this.expiresAt, this.batchId, original);
		}

	}

}
