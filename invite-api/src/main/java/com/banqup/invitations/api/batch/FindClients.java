package com.banqup.invitations.api.batch;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.banqup.invitations.api.batch.BatchRow.Corrected;
import com.banqup.invitations.api.batch.BatchRow.KnownClient;
import com.banqup.invitations.api.batch.BatchRow.NamedClient;
import com.banqup.invitations.api.batch.BatchRow.Undelivered;
import com.banqup.invitations.api.batch.BatchRow.Unusable;
import com.banqup.invitations.api.client.Client;
import com.banqup.invitations.api.client.ClientId;
import com.banqup.invitations.api.client.ClientProbe;
import com.banqup.invitations.api.client.Clients;
import com.banqup.invitations.api.invitation.InvitableClient;
import com.banqup.invitations.api.invitation.Invitation;
import com.banqup.invitations.api.invitation.InvitationId;
import com.banqup.invitations.api.invitation.Invitations;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Finds out what there is to know about the clients of rows before these are decided: a
 * few statements, however many rows there are. Unless it is a dry run, the clients are
 * locked until the running transaction ends.
 */
@Component
class FindClients {

	private final Clients clients;

	private final Invitations invitations;

	FindClients(Clients clients, Invitations invitations) {
		this.clients = clients;
		this.invitations = invitations;
	}

	Mono<FoundClients> find(InvitationBatch batch, List<BatchRow> rows, Instant now) {
		Set<ClientProbe> probes = rows.stream().flatMap(FindClients::probe).collect(Collectors.toSet());
		return match(batch, probes)
			.flatMap((matches) -> invitable(batch, rows, matches, now)
				.map((invitable) -> new FoundClients(probes, matches, invitable, Map.of(), Map.of())))
			.flatMap((found) -> withInvitations(batch, rows, found, now))
			.flatMap((found) -> withCorrected(batch, rows, found));
	}

	private static Stream<ClientProbe> probe(BatchRow row) {
		return (row.content() instanceof NamedClient named) ? Stream.of(ClientProbe.of(named.details()))
				: Stream.empty();
	}

	private Mono<Map<ClientProbe, ClientId>> match(InvitationBatch batch, Collection<ClientProbe> probes) {
		return probes.isEmpty() ? Mono.just(Map.of()) : this.clients.match(batch.partnerSpaceId(), probes);
	}

	private Mono<Map<ClientId, InvitableClient>> invitable(InvitationBatch batch, List<BatchRow> rows,
			Map<ClientProbe, ClientId> matches, Instant now) {
		Set<ClientId> known = Stream.concat(matches.values().stream(), rows.stream().flatMap(FindClients::namedById))
			.collect(Collectors.toSet());
		if (known.isEmpty()) {
			return Mono.just(Map.of());
		}
		Flux<InvitableClient> found = batch.dryRun()
				? this.invitations.findInvitable(batch.partnerSpaceId(), known, now)
				: this.invitations.lockInvitable(batch.partnerSpaceId(), known, now);
		return found.collectMap((client) -> client.addressee().clientId());
	}

	private static Stream<ClientId> namedById(BatchRow row) {
		return switch (row.content()) {
			case KnownClient known -> Stream.of(known.clientId());
			case Undelivered undelivered -> Stream.of(undelivered.clientId());
			case Corrected corrected -> Stream.of(corrected.invited().clientId());
			case NamedClient named -> Stream.empty();
			case Unusable unusable -> Stream.empty();
		};
	}

	/** As they are now that their clients are locked. */
	private Mono<FoundClients> withInvitations(InvitationBatch batch, List<BatchRow> rows, FoundClients found,
			Instant now) {
		Set<InvitationId> before = rows.stream()
			.map(BatchRow::invitedBefore)
			.filter(Objects::nonNull)
			.map(Undelivered::invitationId)
			.collect(Collectors.toSet());
		if (before.isEmpty()) {
			return Mono.just(found);
		}
		return this.invitations.find(batch.partnerSpaceId(), before, now)
			.collectMap(Invitation::id)
			.map((invitations) -> new FoundClients(found.probes(), found.matches(), found.invitable(), invitations,
					Map.of()));
	}

	/** Which other clients there are that the corrected ones would be taken for. */
	private Mono<FoundClients> withCorrected(InvitationBatch batch, List<BatchRow> rows, FoundClients found) {
		Map<ClientId, NamedClient> corrections = rows.stream()
			.map(BatchRow::content)
			.filter(Corrected.class::isInstance)
			.map(Corrected.class::cast)
			.filter((corrected) -> corrected.correction() instanceof NamedClient)
			.collect(Collectors.toMap((corrected) -> corrected.invited().clientId(),
					(corrected) -> (NamedClient) corrected.correction(), (one, other) -> one));
		if (corrections.isEmpty()) {
			return Mono.just(found);
		}
		return this.clients.find(batch.partnerSpaceId(), corrections.keySet())
			.collectMap(Client::id)
			.flatMap((corrected) -> match(batch, probes(corrected, corrections)).map((matches) -> {
				Map<ClientProbe, ClientId> all = new HashMap<>(found.matches());
				all.putAll(matches);
				return new FoundClients(found.probes(), all, found.invitable(), found.invitations(), corrected);
			}));
	}

	private static Set<ClientProbe> probes(Map<ClientId, Client> corrected, Map<ClientId, NamedClient> corrections) {
		return corrections.entrySet()
			.stream()
			.filter((correction) -> corrected.containsKey(correction.getKey()))
			.map((correction) -> ClientProbe.of(Objects.requireNonNull(corrected.get(correction.getKey()))
				.details()
				.correctedBy(correction.getValue().details())))
			.collect(Collectors.toSet());
	}

}
