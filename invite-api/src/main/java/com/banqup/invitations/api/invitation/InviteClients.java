package com.banqup.invitations.api.invitation;

import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.banqup.invitations.api.client.ClientId;
import com.banqup.invitations.api.invitation.InviteOutcome.Accepted;
import com.banqup.invitations.api.partnerspace.PartnerSpace;
import com.banqup.invitations.api.partnerspace.PartnerSpaces;
import com.banqup.invitations.api.template.ConfigurationTemplates;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Invites clients: stores the invitations and asks for their mails, both or neither.
 */
@Service
public class InviteClients {

	private final PartnerSpaces partnerSpaces;

	private final ConfigurationTemplates templates;

	private final Invitations invitations;

	private final InvitationRequests requests;

	private final DailyLimit dailyLimit;

	private final InvitationProperties properties;

	private final Clock clock;

	public InviteClients(PartnerSpaces partnerSpaces, ConfigurationTemplates templates, Invitations invitations,
			InvitationRequests requests, DailyLimit dailyLimit, InvitationProperties properties, Clock clock) {
		this.partnerSpaces = partnerSpaces;
		this.templates = templates;
		this.invitations = invitations;
		this.requests = requests;
		this.dailyLimit = dailyLimit;
		this.properties = properties;
		this.clock = clock;
	}

	/**
	 * One outcome per client, in the order in which they were named. Errors with
	 * {@link com.banqup.invitations.api.partnerspace.PartnerSpaceWithoutName},
	 * {@link com.banqup.invitations.api.template.TemplateNotFound} or
	 * {@link DailyLimitReached}; then nobody is invited.
	 */
	@Transactional
	public Mono<List<InviteOutcome>> invite(InviteRequest request) {
		return this.partnerSpaces.requireLocked(request.partnerSpaceId())
			.flatMap((partnerSpace) -> requireTerms(request).flatMap((terms) -> invite(partnerSpace, terms, request)));
	}

	private Mono<InvitationTerms> requireTerms(InviteRequest request) {
		return this.templates.require(request.partnerSpaceId(), request.templateId())
			.map((template) -> InvitationTerms.of(request, template, this.properties.topic(request),
					this.clock.instant()));
	}

	private Mono<List<InviteOutcome>> invite(PartnerSpace partnerSpace, InvitationTerms terms, InviteRequest request) {
		return this.invitations.invite(terms, request.clientIds())
			.flatMap((decisions) -> requestMails(partnerSpace, terms, decisions)
				.thenReturn(outcomes(request.clientIds(), decisions)));
	}

	private Mono<Void> requestMails(PartnerSpace partnerSpace, InvitationTerms terms, InviteDecisions decisions) {
		List<MailRequest> mails = decisions.invited()
			.stream()
			.map((invited) -> MailRequest.of(invited, partnerSpace, terms))
			.toList();
		return mails.isEmpty() ? Mono.empty()
				: this.dailyLimit.count(terms.partnerSpaceId(), mails.size(), terms.requestedAt())
					.then(Mono.defer(() -> this.requests.requestMails(mails)));
	}

	private static List<InviteOutcome> outcomes(List<ClientId> order, InviteDecisions decisions) {
		Map<ClientId, InviteOutcome> byClient = HashMap.newHashMap(order.size());
		decisions.refused().forEach((refused) -> byClient.put(refused.clientId(), refused));
		decisions.invited().forEach((invited) -> {
			ClientId clientId = invited.addressee().clientId();
			byClient.put(clientId, new Accepted(clientId, invited.invitationId()));
		});
		return order.stream().map(byClient::get).toList();
	}

}
