package com.banqup.invitations.api.client;

import java.time.Clock;
import java.time.Instant;
import java.util.function.UnaryOperator;

import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Changes what a partner recorded about a client. Mails that are already requested go to
 * the address of then; a resend goes to the address of now.
 */
@Service
public class ChangeClient {

	private final Clients clients;

	private final Clock clock;

	public ChangeClient(Clients clients, Clock clock) {
		this.clients = clients;
		this.clock = clock;
	}

	/** Errors with {@link ClientNotFound} or {@link ExternalReferenceTaken}. */
	@Transactional
	public Mono<ListedClient> change(PartnerSpaceId partnerSpaceId, ClientId id, UnaryOperator<ClientDetails> change) {
		return Mono.fromSupplier(this.clock::instant)
			.flatMap((now) -> this.clients.requireLocked(partnerSpaceId, id)
				.flatMap((client) -> update(client, change, now))
				.flatMap((client) -> this.clients.require(partnerSpaceId, id, now)));
	}

	private Mono<Client> update(Client client, UnaryOperator<ClientDetails> change, Instant now) {
		ClientDetails changed = change.apply(client.details());
		return changed.equals(client.details()) ? Mono.just(client) : this.clients.update(client.changed(changed, now));
	}

}
