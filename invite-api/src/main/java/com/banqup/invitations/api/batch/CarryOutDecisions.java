package com.banqup.invitations.api.batch;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.banqup.invitations.api.batch.RowDecision.Again;
import com.banqup.invitations.api.batch.RowDecision.Invite;
import com.banqup.invitations.api.batch.RowDecision.Leave;
import com.banqup.invitations.api.batch.RowDecision.MailAgain;
import com.banqup.invitations.api.batch.RowDecision.Refuse;
import com.banqup.invitations.api.client.Client;
import com.banqup.invitations.api.client.Clients;
import com.banqup.invitations.api.id.NewIds;
import com.banqup.invitations.api.invitation.InvitationId;
import com.banqup.invitations.api.invitation.InvitationRequests;
import com.banqup.invitations.api.invitation.InvitationTerms;
import com.banqup.invitations.api.invitation.Invitations;
import com.banqup.invitations.api.invitation.Invitations.NextMail;
import com.banqup.invitations.api.invitation.MailRequest;
import com.banqup.invitations.api.invitation.MailRequest.Addressee;
import com.banqup.invitations.api.invitation.NewInvitation;
import com.banqup.invitations.api.partnerspace.PartnerSpace;
import com.banqup.invitations.api.partnerspace.PartnerSpaceWithoutName;
import com.banqup.invitations.api.partnerspace.PartnerSpaces;
import com.banqup.invitations.api.template.ConfigurationTemplates;
import com.banqup.invitations.schemas.InviteeLanguage;
import com.banqup.invitations.schemas.Topics;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Does what was decided about the rows of a chunk, as part of the running transaction: a
 * few statements, however many rows there are.
 */
@Component
class CarryOutDecisions {

	private final Clients clients;

	private final Invitations invitations;

	private final InvitationRequests requests;

	private final PartnerSpaces partnerSpaces;

	private final ConfigurationTemplates templates;

	private final NewIds ids;

	private final BatchProperties properties;

	CarryOutDecisions(Clients clients, Invitations invitations, InvitationRequests requests,
			PartnerSpaces partnerSpaces, ConfigurationTemplates templates, NewIds ids, BatchProperties properties) {
		this.clients = clients;
		this.invitations = invitations;
		this.requests = requests;
		this.partnerSpaces = partnerSpaces;
		this.templates = templates;
		this.ids = ids;
		this.properties = properties;
	}

	/** Does it, and tells what became of the rows. */
	Mono<CarriedOut> carryOut(InvitationBatch batch, List<RowDecision> decisions, Instant now) {
		return terms(batch, now).flatMap((on) -> {
			List<Invited> invited = only(Invite.class, decisions).stream()
				.map((invite) -> invited(batch, invite, on.terms()))
				.toList();
			List<MailAgain> again = only(MailAgain.class, decisions);
			return change(decisions).then(Mono.defer(() -> leaveBatch(batch, decisions)))
				.then(Mono.defer(() -> invite(invited, on, now)))
				.then(Mono.defer(() -> mailAgain(batch, again, on.space(), now)))
				.map((mailed) -> carriedOut(decisions, invited, mailed));
		});
	}

	private Mono<Void> change(List<RowDecision> decisions) {
		List<Client> changed = decisions.stream()
			.map(CarryOutDecisions::again)
			.filter(Objects::nonNull)
			.map(Again::changed)
			.filter(Objects::nonNull)
			.toList();
		return changed.isEmpty() ? Mono.empty() : this.clients.updateAll(changed);
	}

	private static @Nullable Again again(RowDecision decision) {
		return switch (decision) {
			case Invite invite -> invite.again();
			case MailAgain again -> again.again();
			case Refuse refuse -> null;
			case Leave leave -> null;
		};
	}

	/** A row has one invitation. */
	private Mono<Void> leaveBatch(InvitationBatch batch, List<RowDecision> decisions) {
		List<InvitationId> replaced = decisions.stream()
			.map(CarryOutDecisions::replaced)
			.filter(Objects::nonNull)
			.toList();
		return replaced.isEmpty() ? Mono.empty() : this.invitations.leaveBulk(batch.partnerSpaceId(), replaced);
	}

	private static @Nullable InvitationId replaced(RowDecision decision) {
		return switch (decision) {
			case Invite invite -> (invite.again() != null) ? invite.again().invitationId() : null;
			case Refuse refuse -> refuse.replaced();
			default -> null;
		};
	}

	private Mono<OnTerms> terms(InvitationBatch batch, Instant now) {
		return this.partnerSpaces.find(batch.partnerSpaceId())
			.switchIfEmpty(Mono.error(() -> new PartnerSpaceWithoutName(batch.partnerSpaceId())))
			.zipWith(this.templates.require(batch.partnerSpaceId(), batch.templateId()),
					(space, template) -> new OnTerms(space,
							InvitationTerms.ofBulk(template, Topics.INVITATION_REQUESTS_BULK, batch.createdBy(), now)));
	}

	private Invited invited(InvitationBatch batch, Invite invite, InvitationTerms terms) {
		InviteeLanguage language = Objects.requireNonNullElse(invite.language(), terms.fallbackLanguage());
		String message = (invite.message() != null) ? invite.message() : terms.message();
		return new Invited(invite, new NewInvitation(new InvitationId(this.ids.next()), invite.clientId(), language,
				message, batch.id().value(), invite.row().number()));
	}

	private Mono<Void> invite(List<Invited> invited, OnTerms on, Instant now) {
		if (invited.isEmpty()) {
			return Mono.empty();
		}
		List<Client> added = invited.stream()
			.map(Invited::invite)
			.filter((invite) -> invite.added() != null)
			.map((invite) -> Client.added(invite.clientId(), on.space().id(), Objects.requireNonNull(invite.added()),
					now))
			.toList();
		List<MailRequest> mails = invited.stream()
			.map((each) -> MailRequest.of(each.invitation(), each.invite().addressee(), on.space(), on.terms()))
			.toList();
		return (added.isEmpty() ? Mono.<Void>empty() : this.clients.addAll(added))
			.then(Mono
				.defer(() -> this.invitations.addAll(on.terms(), invited.stream().map(Invited::invitation).toList())))
			.then(Mono.defer(() -> this.requests.requestMails(mails)));
	}

	/** Which of the invitations are mailed again. */
	private Mono<Set<InvitationId>> mailAgain(InvitationBatch batch, List<MailAgain> again, PartnerSpace space,
			Instant now) {
		if (again.isEmpty()) {
			return Mono.just(Set.of());
		}
		Map<InvitationId, Addressee> addressees = again.stream()
			.collect(Collectors.toMap((each) -> each.again().invitationId(), MailAgain::addressee, (one, same) -> one));
		List<NextMail> mails = again.stream()
			.map((each) -> new NextMail(each.again().invitationId(), each.language(), each.message()))
			.toList();
		return this.invitations
			.mailAgain(space.id(), mails, batch.createdBy(), now.minus(this.properties.silentAfter()), now)
			.map((invitation) -> MailRequest.of(invitation, Objects.requireNonNull(addressees.get(invitation.id())),
					space, batch.id().value()))
			.collectList()
			.flatMap((requests) -> (requests.isEmpty() ? Mono.<Void>empty() : this.requests.requestMails(requests))
				.thenReturn(requests.stream().map(MailRequest::invitationId).collect(Collectors.toSet())));
	}

	private static CarriedOut carriedOut(List<RowDecision> decisions, List<Invited> invited, Set<InvitationId> mailed) {
		Map<Integer, InvitationId> byRow = invited.stream()
			.map(Invited::invitation)
			.collect(Collectors.toMap(NewInvitation::batchRow, NewInvitation::id));
		List<RowResult> results = decisions.stream().flatMap((decision) -> result(decision, byRow, mailed)).toList();
		long anew = invited.stream().filter((each) -> each.invite().again() != null).count();
		return new CarriedOut(results, invited.size(), anew + mailed.size());
	}

	private static Stream<RowResult> result(RowDecision decision, Map<Integer, InvitationId> byRow,
			Set<InvitationId> mailed) {
		return switch (decision) {
			case Invite invite -> Stream.of(result(invite, Objects.requireNonNull(byRow.get(invite.row().number()))));
			case Refuse refuse -> Stream.of(refuse.result());
			case MailAgain again -> mailed.contains(again.again().invitationId()) ? Stream
				.of(RowResult.invitedAgain(again.row(), again.addressee().clientId(), again.again().invitationId()))
					: Stream.empty();
			case Leave leave -> Stream.empty();
		};
	}

	private static RowResult result(Invite invite, InvitationId invitationId) {
		return (invite.again() != null) ? RowResult.invitedAgain(invite.row(), invite.clientId(), invitationId)
				: RowResult.invited(invite.row(), invite.clientId(), invitationId);
	}

	private static <D extends RowDecision> List<D> only(Class<D> kind, List<RowDecision> decisions) {
		return decisions.stream().filter(kind::isInstance).map(kind::cast).toList();
	}

	/**
	 * What was done.
	 *
	 * @param results what became of those rows whose result is not the one they had
	 * before
	 * @param invited how many invitations are new
	 * @param again of how many rows that had come to their end the clients are mailed
	 * again
	 */
	record CarriedOut(List<RowResult> results, long invited, long again) {
	}

	/**
	 * A row's invitation.
	 *
	 * @param invite the decision
	 * @param invitation the invitation
	 */
	private record Invited(Invite invite, NewInvitation invitation) {
	}

	/**
	 * On which terms, and who invites.
	 *
	 * @param space who invites
	 * @param terms the terms
	 */
	private record OnTerms(PartnerSpace space, InvitationTerms terms) {
	}

}
