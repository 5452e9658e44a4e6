package com.banqup.invitations.api.batch;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.banqup.invitations.api.batch.RowDecision.Invite;
import com.banqup.invitations.api.batch.RowDecision.Leave;
import com.banqup.invitations.api.batch.RowDecision.MailAgain;
import com.banqup.invitations.api.batch.RowDecision.Refuse;
import com.banqup.invitations.api.client.Client;
import com.banqup.invitations.api.client.Clients;
import com.banqup.invitations.api.id.NewIds;
import com.banqup.invitations.api.invitation.Invitation;
import com.banqup.invitations.api.invitation.InvitationId;
import com.banqup.invitations.api.invitation.InvitationRequests;
import com.banqup.invitations.api.invitation.InvitationTerms;
import com.banqup.invitations.api.invitation.Invitations;
import com.banqup.invitations.api.invitation.MailRequest;
import com.banqup.invitations.api.invitation.MailRequest.Addressee;
import com.banqup.invitations.api.invitation.NewInvitation;
import com.banqup.invitations.api.partnerspace.PartnerSpace;
import com.banqup.invitations.api.partnerspace.PartnerSpaceWithoutName;
import com.banqup.invitations.api.partnerspace.PartnerSpaces;
import com.banqup.invitations.api.template.ConfigurationTemplates;
import com.banqup.invitations.schemas.InviteeLanguage;
import com.banqup.invitations.schemas.Topics;
import reactor.core.publisher.Flux;
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

	/** What became of those rows whose result is not the one they had before. */
	Mono<List<RowResult>> carryOut(InvitationBatch batch, List<RowDecision> decisions, Instant now) {
		return terms(batch, now).flatMap((on) -> {
			List<Invited> invited = only(Invite.class, decisions).stream()
				.map((invite) -> invited(batch, invite, on.terms()))
				.toList();
			List<MailAgain> again = only(MailAgain.class, decisions);
			return invite(invited, on, now).then(Mono.defer(() -> mailAgain(batch, again, on.space(), now)))
				.thenReturn(results(decisions, invited));
		});
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

	private Mono<Void> mailAgain(InvitationBatch batch, List<MailAgain> again, PartnerSpace space, Instant now) {
		if (again.isEmpty()) {
			return Mono.empty();
		}
		Map<InvitationId, Addressee> addressees = again.stream()
			.collect(Collectors.toMap(MailAgain::invitationId, MailAgain::addressee, (one, same) -> one));
		Flux<Invitation> next = this.invitations.mailAgain(space.id(), addressees.keySet(), batch.createdBy(),
				now.minus(this.properties.silentAfter()), now);
		return next
			.map((invitation) -> MailRequest.of(invitation, Objects.requireNonNull(addressees.get(invitation.id())),
					space, batch.id().value()))
			.collectList()
			.filter((mails) -> !mails.isEmpty())
			.flatMap(this.requests::requestMails);
	}

	private static List<RowResult> results(List<RowDecision> decisions, List<Invited> invited) {
		Map<Integer, NewInvitation> byRow = invited.stream()
			.map(Invited::invitation)
			.collect(Collectors.toMap(NewInvitation::batchRow, (invitation) -> invitation));
		return decisions.stream().flatMap((decision) -> result(decision, byRow)).toList();
	}

	private static Stream<RowResult> result(RowDecision decision, Map<Integer, NewInvitation> byRow) {
		return switch (decision) {
			case Invite invite -> Stream.of(RowResult.invited(invite.row(), invite.clientId(),
					Objects.requireNonNull(byRow.get(invite.row().number())).id()));
			case Refuse refuse -> Stream.of(refuse.result());
			case MailAgain again -> Stream.empty();
			case Leave leave -> Stream.empty();
		};
	}

	private static <D extends RowDecision> List<D> only(Class<D> kind, List<RowDecision> decisions) {
		return decisions.stream().filter(kind::isInstance).map(kind::cast).toList();
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
