package com.banqup.invitations.api.client;

import java.time.Clock;

import com.banqup.invitations.api.id.NewIds;
import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Adds a client to a Partner Space, not linked yet. */
@Service
public class AddClient {

	private final Clients clients;

	private final NewIds ids;

	private final Clock clock;

	public AddClient(Clients clients, NewIds ids, Clock clock) {
		this.clients = clients;
		this.ids = ids;
		this.clock = clock;
		EmailAddress.loadTables();
	}

	/** Errors with {@link ExternalReferenceTaken}. */
	@Transactional
	public Mono<Client> add(PartnerSpaceId partnerSpaceId, ClientDetails details) {
		return Mono
			.fromSupplier(
					() -> Client.added(new ClientId(this.ids.next()), partnerSpaceId, details, this.clock.instant()))
			.flatMap(this.clients::add);
	}

}
