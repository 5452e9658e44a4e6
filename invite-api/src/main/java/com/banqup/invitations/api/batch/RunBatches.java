package com.banqup.invitations.api.batch;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.banqup.invitations.api.batch.BatchRow.KnownClient;
import com.banqup.invitations.api.batch.BatchRow.NamedClient;
import com.banqup.invitations.api.batch.Batches.TurnOutcome;
import com.banqup.invitations.api.batch.RowDecision.Invite;
import com.banqup.invitations.api.batch.RowDecision.Refuse;
import com.banqup.invitations.api.client.Client;
import com.banqup.invitations.api.client.ClientId;
import com.banqup.invitations.api.client.ClientProbe;
import com.banqup.invitations.api.client.Clients;
import com.banqup.invitations.api.id.NewIds;
import com.banqup.invitations.api.invitation.InvitableClient;
import com.banqup.invitations.api.invitation.InvitationId;
import com.banqup.invitations.api.invitation.InvitationRequests;
import com.banqup.invitations.api.invitation.InvitationTerms;
import com.banqup.invitations.api.invitation.Invitations;
import com.banqup.invitations.api.invitation.MailRequest;
import com.banqup.invitations.api.invitation.NewInvitation;
import com.banqup.invitations.api.partnerspace.PartnerSpace;
import com.banqup.invitations.api.partnerspace.PartnerSpaceWithoutName;
import com.banqup.invitations.api.partnerspace.PartnerSpaces;
import com.banqup.invitations.api.template.ConfigurationTemplates;
import com.banqup.invitations.schemas.InviteeLanguage;
import com.banqup.invitations.schemas.Topics;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Decides the rows of batches, chunk by chunk, the Partner Spaces in turn: adds clients,
 * invites them and writes down what became of each row, all of a chunk or nothing.
 */
@Service
public class RunBatches {

	private final Batches batches;

	private final Clients clients;

	private final Invitations invitations;

	private final InvitationRequests requests;

	private final PartnerSpaces partnerSpaces;

	private final ConfigurationTemplates templates;

	private final NewIds ids;

	private final BatchProperties properties;

	private final Clock clock;

	public RunBatches(Batches batches, Clients clients, Invitations invitations, InvitationRequests requests,
			PartnerSpaces partnerSpaces, ConfigurationTemplates templates, NewIds ids, BatchProperties properties,
			Clock clock) {
		this.batches = batches;
		this.clients = clients;
		this.invitations = invitations;
		this.requests = requests;
		this.partnerSpaces = partnerSpaces;
		this.templates = templates;
		this.ids = ids;
		this.properties = properties;
		this.clock = clock;
	}

	/**
	 * Decides the next chunk of whoever waited longest; gives its results, none at all if
	 * nobody waits. Errors with {@link TurnFailed}; then nothing was done.
	 */
	@Transactional
	public Mono<List<RowResult>> decideNext() {
		return Mono.fromSupplier(this.clock::instant)
			.flatMap((now) -> this.batches.takeTurn(now)
				.flatMap((turn) -> decide(turn, now)
					.onErrorMap((ex) -> new TurnFailed(turn.batch().partnerSpaceId(), turn.batch().id(), ex))));
	}

	private Mono<List<RowResult>> decide(BatchTurn turn, Instant now) {
		LocalDate today = LocalDate.ofInstant(now, this.properties.zone());
		if (turn.batch().cancelRequestedAt() != null) {
			List<RowResult> cancelled = turn.chunk().rows().stream().map(RowResult::cancelled).toList();
			return record(turn, new TurnOutcome(cancelled, List.of(), null, today, turn.invitedOn(today), now));
		}
		return decisions(turn, now).flatMap((decisions) -> carryOut(turn, decisions, today, now));
	}

	private Mono<Decisions> decisions(BatchTurn turn, Instant now) {
		InvitationBatch batch = turn.batch();
		List<ClientProbe> probes = turn.chunk()
			.rows()
			.stream()
			.map(BatchRow::content)
			.filter(NamedClient.class::isInstance)
			.map((content) -> ClientProbe.of(((NamedClient) content).details()))
			.distinct()
			.toList();
		return match(batch,
				probes)
			.flatMap(
					(matches) -> invitable(batch, turn.chunk().rows(), matches, now)
						.flatMap(
								(invitable) -> seen(batch, probes, invitable.keySet()).map((seen) -> new Decisions(
										new DecideRows(batch.id(), matches, invitable, seen,
												() -> new ClientId(this.ids.next()))
											.decide(turn.chunk().rows()),
										seen))));
	}

	private Mono<Map<ClientProbe, ClientId>> match(InvitationBatch batch, List<ClientProbe> probes) {
		return probes.isEmpty() ? Mono.just(Map.of()) : this.clients.match(batch.partnerSpaceId(), probes);
	}

	private Mono<Map<ClientId, InvitableClient>> invitable(InvitationBatch batch, List<BatchRow> rows,
			Map<ClientProbe, ClientId> matches, Instant now) {
		Set<ClientId> known = Stream
			.concat(matches.values().stream(),
					rows.stream()
						.map(BatchRow::content)
						.filter(KnownClient.class::isInstance)
						.map((content) -> ((KnownClient) content).clientId()))
			.collect(Collectors.toSet());
		if (known.isEmpty()) {
			return Mono.just(Map.of());
		}
		Flux<InvitableClient> found = batch.dryRun()
				? this.invitations.findInvitable(batch.partnerSpaceId(), known, now)
				: this.invitations.lockInvitable(batch.partnerSpaceId(), known, now);
		return found.collectMap((client) -> client.addressee().clientId());
	}

	/**
	 * Only a dry run has to remember: otherwise the clients that rows named are there.
	 */
	private Mono<SeenClients> seen(InvitationBatch batch, List<ClientProbe> probes, Set<ClientId> known) {
		if (!batch.dryRun()) {
			return Mono.fromSupplier(() -> new SeenClients(Map.of()));
		}
		Set<ClientKey> keys = Stream
			.concat(probes.stream().map(SeenClients::keysOf), known.stream().map(SeenClients::keysOf))
			.flatMap(List::stream)
			.collect(Collectors.toSet());
		return this.batches.seen(batch.id(), keys).map(SeenClients::new);
	}

	private Mono<List<RowResult>> carryOut(BatchTurn turn, Decisions decisions, LocalDate today, Instant now) {
		InvitationBatch batch = turn.batch();
		if (batch.dryRun()) {
			List<RowResult> results = decisions.rows().stream().map(RunBatches::wouldBe).toList();
			return this.batches.noteSeen(batch.id(), decisions.seen().added())
				.then(Mono.defer(() -> record(turn,
						new TurnOutcome(results, List.of(), null, today, turn.invitedOn(today), now))));
		}
		Allowance allowance = Allowance.of(decisions.rows(), this.properties.dailyLimit() - turn.invitedOn(today));
		return terms(batch, now).flatMap((terms) -> {
			List<Invited> invited = allowance.invites()
				.stream()
				.map((invite) -> invited(batch, invite, terms))
				.toList();
			return store(batch, invited, terms, now)
				.then(Mono.defer(() -> record(turn, outcome(turn, allowance, invited, today, now))));
		});
	}

	private static RowResult wouldBe(RowDecision decision) {
		return switch (decision) {
			case Refuse refuse -> refuse.result();
			case Invite invite ->
				RowResult.invited(invite.row(), (invite.added() != null) ? null : invite.clientId(), null);
		};
	}

	private Mono<TermsOfSpace> terms(InvitationBatch batch, Instant now) {
		return this.partnerSpaces.find(batch.partnerSpaceId())
			.switchIfEmpty(Mono.error(() -> new PartnerSpaceWithoutName(batch.partnerSpaceId())))
			.zipWith(this.templates.require(batch.partnerSpaceId(), batch.templateId()),
					(space, template) -> new TermsOfSpace(space,
							InvitationTerms.ofBulk(template, Topics.INVITATION_REQUESTS_BULK, batch.createdBy(), now)));
	}

	private Invited invited(InvitationBatch batch, Invite invite, TermsOfSpace in) {
		InviteeLanguage language = Objects.requireNonNullElse(invite.language(), in.terms().fallbackLanguage());
		String message = (invite.message() != null) ? invite.message() : in.terms().message();
		return new Invited(invite, new NewInvitation(new InvitationId(this.ids.next()), invite.clientId(), language,
				message, batch.id().value(), invite.row().number()));
	}

	private Mono<Void> store(InvitationBatch batch, List<Invited> invited, TermsOfSpace in, Instant now) {
		if (invited.isEmpty()) {
			return Mono.empty();
		}
		List<Client> added = invited.stream()
			.map(Invited::invite)
			.filter((invite) -> invite.added() != null)
			.map((invite) -> Client.added(invite.clientId(), batch.partnerSpaceId(),
					Objects.requireNonNull(invite.added()), now))
			.toList();
		List<MailRequest> mails = invited.stream()
			.map((each) -> MailRequest.of(each.invitation(), each.invite().addressee(), in.space(), in.terms()))
			.toList();
		return (added.isEmpty() ? Mono.<Void>empty() : this.clients.addAll(added))
			.then(Mono
				.defer(() -> this.invitations.addAll(in.terms(), invited.stream().map(Invited::invitation).toList())))
			.then(Mono.defer(() -> this.requests.requestMails(mails)));
	}

	private TurnOutcome outcome(BatchTurn turn, Allowance allowance, List<Invited> invited, LocalDate today,
			Instant now) {
		Map<Integer, Invited> byRow = invited.stream()
			.collect(Collectors.toMap((each) -> each.invite().row().number(), (each) -> each));
		List<RowResult> results = allowance.allowed()
			.stream()
			.map((decision) -> (decision instanceof Refuse refuse) ? refuse.result()
					: Objects.requireNonNull(byRow.get(decision.row().number())).result())
			.toList();
		Instant tomorrow = today.plusDays(1).atStartOfDay(this.properties.zone()).toInstant();
		return new TurnOutcome(results, allowance.left(), allowance.left().isEmpty() ? null : tomorrow, today,
				turn.invitedOn(today) + invited.size(), now);
	}

	private Mono<List<RowResult>> record(BatchTurn turn, TurnOutcome outcome) {
		return this.batches.record(turn, outcome).thenReturn(outcome.results());
	}

	/**
	 * Decisions, and the clients they named.
	 *
	 * @param rows the decisions
	 * @param seen the clients
	 */
	private record Decisions(List<RowDecision> rows, SeenClients seen) {
	}

	/**
	 * On which terms, and who invites.
	 *
	 * @param space who invites
	 * @param terms the terms
	 */
	private record TermsOfSpace(PartnerSpace space, InvitationTerms terms) {
	}

	/**
	 * A row's invitation.
	 *
	 * @param invite the decision
	 * @param invitation the invitation
	 */
	private record Invited(Invite invite, NewInvitation invitation) {

		RowResult result() {
			return RowResult.invited(this.invite.row(), this.invite.clientId(), this.invitation.id());
		}

	}

	/**
	 * What the day's limit leaves of the decisions: those up to the first one that
	 * exceeds it.
	 *
	 * @param allowed decisions that are carried out
	 * @param left rows that wait for the next day
	 */
	private record Allowance(List<RowDecision> allowed, List<BatchRow> left) {

		static Allowance of(List<RowDecision> decisions, long limit) {
			List<RowDecision> allowed = new ArrayList<>(decisions.size());
			long invites = 0;
			for (RowDecision decision : decisions) {
				if (decision instanceof Invite && ++invites > limit) {
					break;
				}
				allowed.add(decision);
			}
			return new Allowance(allowed,
					decisions.subList(allowed.size(), decisions.size()).stream().map(RowDecision::row).toList());
		}

		List<Invite> invites() {
			return this.allowed.stream().filter(Invite.class::isInstance).map(Invite.class::cast).toList();
		}

	}

}
