package com.banqup.invitations.api.batch;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

import com.banqup.invitations.api.batch.BatchRow.Corrected;
import com.banqup.invitations.api.batch.BatchRow.KnownClient;
import com.banqup.invitations.api.batch.BatchRow.NamedClient;
import com.banqup.invitations.api.batch.BatchRow.Undelivered;
import com.banqup.invitations.api.batch.BatchRow.Unusable;
import com.banqup.invitations.api.batch.BatchRow.Uploaded;
import com.banqup.invitations.api.batch.RowDecision.Again;
import com.banqup.invitations.api.batch.RowDecision.Invite;
import com.banqup.invitations.api.batch.RowDecision.Leave;
import com.banqup.invitations.api.batch.RowDecision.MailAgain;
import com.banqup.invitations.api.batch.RowDecision.Refuse;
import com.banqup.invitations.api.client.Client;
import com.banqup.invitations.api.client.ClientDetails;
import com.banqup.invitations.api.client.ClientId;
import com.banqup.invitations.api.client.ClientProbe;
import com.banqup.invitations.api.client.ClientStatus;
import com.banqup.invitations.api.invitation.Delivery;
import com.banqup.invitations.api.invitation.DeliveryState;
import com.banqup.invitations.api.invitation.InvitableClient;
import com.banqup.invitations.api.invitation.InvitableClient.Pending;
import com.banqup.invitations.api.invitation.Invitation;
import com.banqup.invitations.api.invitation.InvitationId;
import com.banqup.invitations.api.invitation.InvitationState;
import com.banqup.invitations.api.invitation.MailRequest.Addressee;
import com.banqup.invitations.api.invitation.OnboardingFact.MailReported;
import com.banqup.invitations.schemas.InviteeLanguage;
import org.jspecify.annotations.Nullable;

/**
 * Decides the rows of a chunk in their order, by what the Partner Space has and by what
 * the rows before them named.
 */
final class DecideRows {

	private final BatchId batchId;

	private final FoundClients found;

	private final SeenClients seen;

	private final Instant silentBefore;

	private final Instant now;

	private final Supplier<ClientId> newIds;

	/**
	 * Creates it.
	 * @param batchId the rows' batch
	 * @param found what is known of the clients they name
	 * @param seen what rows before these named
	 * @param silentBefore since when nothing was heard of lost mails
	 * @param now as of when
	 * @param newIds ids for clients to be added
	 */
	DecideRows(BatchId batchId, FoundClients found, SeenClients seen, Instant silentBefore, Instant now,
			Supplier<ClientId> newIds) {
		this.batchId = batchId;
		this.found = found;
		this.seen = seen;
		this.silentBefore = silentBefore;
		this.now = now;
		this.newIds = newIds;
	}

	List<RowDecision> decide(List<BatchRow> rows) {
		return rows.stream().map(this::decide).toList();
	}

	private RowDecision decide(BatchRow row) {
		return switch (row.content()) {
			case Unusable unusable -> refuse(row, unusable.reason(), unusable.detail(), null, null);
			case KnownClient known -> decideKnown(row, known.clientId(), null, known.message());
			case NamedClient named -> decideNamed(row, named);
			case Undelivered undelivered -> decideInvited(row, undelivered, null);
			case Corrected corrected -> decideInvited(row, corrected.invited(), corrected.correction());
		};
	}

	/** Unless it was sent again, revoked or accepted meanwhile. */
	private RowDecision decideInvited(BatchRow row, Undelivered undelivered, @Nullable Uploaded correction) {
		InvitableClient client = this.found.invitable().get(undelivered.clientId());
		Invitation invitation = this.found.invitations().get(undelivered.invitationId());
		if (client == null || invitation == null || !canBeMailedAgain(invitation)) {
			return new Leave(row);
		}
		return switch (correction) {
			case null -> again(row, client, invitation, null, null);
			case Unusable unusable -> leaveInvited(row, unusable.reason(), unusable.detail(), undelivered);
			case NamedClient named -> correct(row, undelivered, client, invitation, named);
		};
	}

	private boolean canBeMailedAgain(Invitation invitation) {
		return invitation.revocationRequestedAt() == null && switch (invitation.state()) {
			case PENDING -> isUndelivered(invitation) && invitation.hasNextGeneration();
			case EXPIRED -> isUndelivered(invitation) || wasTooLate(invitation.delivery());
			case ACCEPTED, REVOKED -> false;
		};
	}

	private boolean isUndelivered(Invitation invitation) {
		return switch (invitation.delivery().state()) {
			case REJECTED -> true;
			case QUEUED -> invitation.requestedAt().isBefore(this.silentBefore);
			case DEFERRED, CANCELLED, SENT -> false;
		};
	}

	private static boolean wasTooLate(Delivery delivery) {
		return delivery.state() == DeliveryState.CANCELLED && MailReported.EXPIRED.equals(delivery.reason());
	}

	/**
	 * Who else has the reference, or the address and name, is another client: as rows
	 * name clients, so do corrections.
	 */
	private RowDecision correct(BatchRow row, Undelivered undelivered, InvitableClient client, Invitation invitation,
			NamedClient correction) {
		Client before = Objects.requireNonNull(this.found.corrected().get(undelivered.clientId()));
		ClientDetails given = correction.details();
		ClientDetails details = before.details().correctedBy(given);
		String reference = before.details().externalReference();
		boolean anotherReference = reference != null && !reference.equals(details.externalReference());
		if (anotherReference || isTakenForAnother(row, before, details)) {
			RowReason reason = RowReason.NAMES_ANOTHER_CLIENT;
			return leaveInvited(row, reason, reason.sentence(), undelivered);
		}
		Client changed = details.equals(before.details()) ? null : before.changed(details, this.now);
		Addressee addressee = new Addressee(before.id(), details.name(), details.email().ascii());
		InvitableClient then = new InvitableClient(addressee, client.status(), details.language(), client.pending());
		return again(row, then, invitation, changed, correction);
	}

	private boolean isTakenForAnother(BatchRow row, Client before, ClientDetails details) {
		ClientProbe probe = ClientProbe.of(details);
		if (probe.equals(ClientProbe.of(before.details()))) {
			return false;
		}
		ClientId match = this.found.matches().get(probe);
		return (match != null) ? !match.equals(before.id()) : this.seen.note(row.number(), probe).isPresent();
	}

	private RowDecision again(BatchRow row, InvitableClient client, Invitation invitation, @Nullable Client changed,
			@Nullable NamedClient correction) {
		String message = (correction != null) ? correction.message() : null;
		boolean expired = invitation.state() == InvitationState.EXPIRED;
		if (!expired && client.status() == ClientStatus.INACTIVE) {
			InviteeLanguage language = (correction != null) ? correction.details().language() : null;
			return new MailAgain(row, client.addressee(), new Again(invitation.id(), changed), language, message);
		}
		String words = (message != null) ? message : invitation.message();
		BatchRow anew = row.saying(new KnownClient(client.addressee().clientId(), words));
		return switch (decide(anew, client, null, words)) {
			case Invite invite -> new Invite(row, invite.addressee(), null, invite.language(), words,
					new Again(invitation.id(), changed));
			case Refuse refuse -> new Refuse(row, refuse.result().ofInvited(), invitation.id());
			case MailAgain again -> again;
			case Leave leave -> leave;
		};
	}

	private static RowDecision leaveInvited(BatchRow row, RowReason reason, String detail, Undelivered invited) {
		return new Refuse(row, RowResult.leftInvited(row, reason, detail, invited), null);
	}

	private RowDecision decideNamed(BatchRow row, NamedClient named) {
		ClientProbe probe = ClientProbe.of(named.details());
		ClientId known = this.found.matches().get(probe);
		return (known != null) ? decideKnown(row, known, probe, named.message()) : decideNew(row, named, probe);
	}

	private RowDecision decideNew(BatchRow row, NamedClient named, ClientProbe probe) {
		Optional<Integer> earlier = this.seen.note(row.number(), probe);
		if (earlier.isPresent()) {
			return duplicate(row, earlier.get(), null, null);
		}
		ClientDetails details = named.details();
		Addressee addressee = new Addressee(this.newIds.get(), details.name(), details.email().ascii());
		return new Invite(row, addressee, details, details.language(), named.message(), null);
	}

	private RowDecision decideKnown(BatchRow row, ClientId id, @Nullable ClientProbe probe, @Nullable String message) {
		InvitableClient client = this.found.invitable().get(id);
		return (client != null) ? decide(row, client, probe, message)
				: refuse(row, RowReason.UNKNOWN_CLIENT, null, null);
	}

	private RowDecision decide(BatchRow row, InvitableClient client, @Nullable ClientProbe probe,
			@Nullable String message) {
		ClientId id = client.addressee().clientId();
		if (client.status() == ClientStatus.ACTIVE) {
			return refuse(row, RowReason.ALREADY_LINKED, id, null);
		}
		if (probe != null && !probe.address().equals(ClientProbe.addressOf(client.addressee().email()))) {
			return refuse(row, RowReason.ADDRESS_DIFFERS, id, null);
		}
		Pending pending = client.pending();
		if (pending != null) {
			return this.batchId.value().equals(pending.batchId()) ? duplicate(row, pending.batchRow(), id, pending.id())
					: refuse(row, RowReason.ALREADY_INVITED, id, pending.id());
		}
		Optional<Integer> earlier = this.seen.note(row.number(), id);
		return earlier.map((number) -> duplicate(row, number, id, null))
			.orElseGet(() -> new Invite(row, client.addressee(), null, client.language(), message, null));
	}

	private static RowDecision duplicate(BatchRow row, @Nullable Integer earlier, @Nullable ClientId clientId,
			@Nullable InvitationId invitationId) {
		String detail = (earlier != null) ? "Row " + earlier + " of the batch names the same client."
				: RowReason.DUPLICATE_IN_BATCH.sentence();
		return refuse(row, RowReason.DUPLICATE_IN_BATCH, detail, clientId, invitationId);
	}

	private static RowDecision refuse(BatchRow row, RowReason reason, @Nullable ClientId clientId,
			@Nullable InvitationId invitationId) {
		return refuse(row, reason, reason.sentence(), clientId, invitationId);
	}

	private static RowDecision refuse(BatchRow row, RowReason reason, String detail, @Nullable ClientId clientId,
			@Nullable InvitationId invitationId) {
		return new Refuse(row, RowResult.refused(row, reason, detail, clientId, invitationId), null);
	}

}
