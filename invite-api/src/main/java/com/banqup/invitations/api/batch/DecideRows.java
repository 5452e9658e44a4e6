package com.banqup.invitations.api.batch;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import com.banqup.invitations.api.batch.BatchRow.KnownClient;
import com.banqup.invitations.api.batch.BatchRow.NamedClient;
import com.banqup.invitations.api.batch.BatchRow.Undelivered;
import com.banqup.invitations.api.batch.BatchRow.Unusable;
import com.banqup.invitations.api.batch.RowDecision.Invite;
import com.banqup.invitations.api.batch.RowDecision.Leave;
import com.banqup.invitations.api.batch.RowDecision.MailAgain;
import com.banqup.invitations.api.batch.RowDecision.Refuse;
import com.banqup.invitations.api.client.ClientDetails;
import com.banqup.invitations.api.client.ClientId;
import com.banqup.invitations.api.client.ClientProbe;
import com.banqup.invitations.api.client.ClientStatus;
import com.banqup.invitations.api.invitation.InvitableClient;
import com.banqup.invitations.api.invitation.InvitableClient.Pending;
import com.banqup.invitations.api.invitation.InvitationId;
import com.banqup.invitations.api.invitation.MailRequest.Addressee;
import org.jspecify.annotations.Nullable;

/**
 * Decides the rows of a chunk in their order, by what the Partner Space has and by what
 * the rows before them named.
 */
final class DecideRows {

	private final BatchId batchId;

	private final Map<ClientProbe, ClientId> matches;

	private final Map<ClientId, InvitableClient> clients;

	private final SeenClients seen;

	private final Supplier<ClientId> newIds;

	/**
	 * Creates it.
	 * @param batchId the rows' batch
	 * @param matches which probed clients are there
	 * @param clients what there is to know about those, and about those named by id
	 * @param seen what rows before these named
	 * @param newIds ids for clients to be added
	 */
	DecideRows(BatchId batchId, Map<ClientProbe, ClientId> matches, Map<ClientId, InvitableClient> clients,
			SeenClients seen, Supplier<ClientId> newIds) {
		this.batchId = batchId;
		this.matches = matches;
		this.clients = clients;
		this.seen = seen;
		this.newIds = newIds;
	}

	List<RowDecision> decide(List<BatchRow> rows) {
		return rows.stream().map(this::decide).toList();
	}

	private RowDecision decide(BatchRow row) {
		return switch (row.content()) {
			case Unusable unusable -> refuse(row, unusable.reason(), unusable.detail(), null, null);
			case KnownClient known -> decideKnown(row, known.clientId(), null, null);
			case NamedClient named -> decideNamed(row, named);
			case Undelivered undelivered -> decideUndelivered(row, undelivered);
		};
	}

	/** Unless it was sent again, revoked or accepted meanwhile. */
	private RowDecision decideUndelivered(BatchRow row, Undelivered undelivered) {
		InvitableClient client = this.clients.get(undelivered.clientId());
		Pending pending = (client != null) ? client.pending() : null;
		return (client != null && pending != null && pending.id().equals(undelivered.invitationId()))
				? new MailAgain(row, client.addressee(), pending.id()) : new Leave(row);
	}

	private RowDecision decideNamed(BatchRow row, NamedClient named) {
		ClientProbe probe = ClientProbe.of(named.details());
		ClientId known = this.matches.get(probe);
		return (known != null) ? decideKnown(row, known, probe, named.message()) : decideNew(row, named, probe);
	}

	private RowDecision decideNew(BatchRow row, NamedClient named, ClientProbe probe) {
		Optional<Integer> earlier = this.seen.note(row.number(), probe);
		if (earlier.isPresent()) {
			return duplicate(row, earlier.get(), null, null);
		}
		ClientDetails details = named.details();
		Addressee addressee = new Addressee(this.newIds.get(), details.name(), details.email().ascii());
		return new Invite(row, addressee, details, details.language(), named.message());
	}

	private RowDecision decideKnown(BatchRow row, ClientId id, @Nullable ClientProbe probe, @Nullable String message) {
		InvitableClient client = this.clients.get(id);
		if (client == null) {
			return refuse(row, RowReason.UNKNOWN_CLIENT, null, null);
		}
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
			.orElseGet(() -> new Invite(row, client.addressee(), null, client.language(), message));
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
		return new Refuse(RowResult.refused(row, reason, detail, clientId, invitationId));
	}

}
