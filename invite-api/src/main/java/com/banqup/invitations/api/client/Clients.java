package com.banqup.invitations.api.client;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import com.banqup.invitations.api.paging.Page;
import com.banqup.invitations.api.paging.PageRequest;
import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The clients of all Partner Spaces. Whoever changes invitations locks their clients
 * first, in the order of the clients' ids: that is what keeps deadlocks away.
 */
public interface Clients {

	/** Adds the client. Errors with {@link ExternalReferenceTaken}. */
	Mono<Client> add(Client client);

	/**
	 * Adds the clients in one statement. Errors with {@link ExternalReferenceTaken}; then
	 * none is added.
	 */
	Mono<Void> addAll(List<Client> clients);

	/** Those of the probed clients that the Partner Space has. */
	Mono<Map<ClientProbe, ClientId>> match(PartnerSpaceId partnerSpaceId, Collection<ClientProbe> probes);

	/** The selected clients in the order of their ids, read as they are asked for. */
	Flux<ClientId> select(PartnerSpaceId partnerSpaceId, ClientSelection selection);

	/** Writes the client's details. Errors with {@link ExternalReferenceTaken}. */
	Mono<Client> update(Client client);

	/**
	 * Writes the details of these clients of one Partner Space in one statement. Errors
	 * with {@link ExternalReferenceTaken}; then none is changed.
	 */
	Mono<Void> updateAll(List<Client> clients);

	/** Those of these clients that the Partner Space has. */
	Flux<Client> find(PartnerSpaceId partnerSpaceId, Collection<ClientId> ids);

	/**
	 * The client with its latest invitation as of now. Errors with
	 * {@link ClientNotFound}.
	 */
	Mono<ListedClient> require(PartnerSpaceId partnerSpaceId, ClientId id, Instant now);

	/**
	 * The client, locked until the running transaction ends. Errors with
	 * {@link ClientNotFound}.
	 */
	Mono<Client> requireLocked(PartnerSpaceId partnerSpaceId, ClientId id);

	/** A page of clients, newest first. */
	Mono<Page<ListedClient>> list(PartnerSpaceId partnerSpaceId, ClientFilter filter, PageRequest page, Instant now);

}
