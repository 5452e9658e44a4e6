package com.banqup.invitations.api.invitation.r2dbc;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

import com.banqup.invitations.api.client.ClientId;
import com.banqup.invitations.api.database.Columns;
import com.banqup.invitations.api.invitation.DeliveryState;
import com.banqup.invitations.api.invitation.Invitation;
import com.banqup.invitations.api.invitation.OnboardingFact;
import com.banqup.invitations.api.invitation.OnboardingFact.ClientLinked;
import com.banqup.invitations.api.invitation.OnboardingFact.ClientProgressed;
import com.banqup.invitations.api.invitation.OnboardingFact.InvitationEnded;
import com.banqup.invitations.api.invitation.OnboardingFact.MailReported;
import com.banqup.invitations.api.invitation.OnboardingFacts;
import com.banqup.invitations.api.invitation.Progress;
import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Repository;

/**
 * Every statement is a guarded update of a whole batch. Ranks are the positions of the
 * enum constants, sent along, so that SQL and Java cannot disagree about the order.
 */
@Repository
class R2dbcOnboardingFacts implements OnboardingFacts {

	private static final String LOCK_PARTNER_SPACES = """
			SELECT count(*)
			  FROM (SELECT id
			          FROM partner_space
			         WHERE id = ANY (:partnerSpaceIds)
			         ORDER BY id
			           FOR NO KEY UPDATE) locked
			""";

	private static final String LOCK_CLIENTS = """
			SELECT count(*)
			  FROM (SELECT id
			          FROM client
			         WHERE id = ANY (:clientIds)
			         ORDER BY id
			           FOR NO KEY UPDATE) locked
			""";

	/** Whoever never got the link cannot accept: the client can be invited again. */
	private static final String RECORD_MAILS = """
			WITH fact AS (
			    SELECT DISTINCT ON (invitation_id, generation) *, reason IS NOT DISTINCT FROM :ending AS ends
			      FROM unnest(:partnerSpaceIds::uuid[], :clientIds::uuid[], :invitationIds::uuid[], :at::timestamptz[],
			                  :generations::int[], :states::text[], :reasons::text[], :replyCodes::int[],
			                  :attempts::int[], :nextAttemptsAt::timestamptz[])
			           AS fact (partner_space_id, client_id, invitation_id, at,
			                    generation, state, reason, reply_code, attempts, next_attempt_at)
			     ORDER BY invitation_id, generation, array_position(:order::text[], state) DESC, attempts DESC
			)
			UPDATE invitation
			   SET state = CASE WHEN fact.ends AND invitation.state = 'PENDING' THEN 'REVOKED' ELSE invitation.state END,
			       revoked_at = CASE WHEN fact.ends AND invitation.state = 'PENDING' THEN fact.at
			                         ELSE invitation.revoked_at END,
			       delivery_state = fact.state,
			       delivery_reason = fact.reason,
			       delivery_reply_code = fact.reply_code,
			       delivery_attempts = greatest(fact.attempts, invitation.delivery_attempts),
			       delivery_next_attempt_at = fact.next_attempt_at,
			       delivery_at = fact.at
			  FROM fact
			 WHERE invitation.id = fact.invitation_id
			   AND invitation.partner_space_id = fact.partner_space_id
			   AND invitation.client_id = fact.client_id
			   AND invitation.generation = fact.generation
			   AND (array_position(:order::text[], fact.state), fact.attempts)
			     > (array_position(:order::text[], invitation.delivery_state), CASE WHEN fact.state = 'DEFERRED'
			                                                                      THEN invitation.delivery_attempts
			                                                                      ELSE 2147483647 END)
			""";

	private static final String RECORD_PROGRESS = """
			WITH fact AS (
			    SELECT DISTINCT ON (invitation_id) *
			      FROM unnest(:partnerSpaceIds::uuid[], :clientIds::uuid[], :invitationIds::uuid[], :at::timestamptz[],
			                  :progress::text[])
			           AS fact (partner_space_id, client_id, invitation_id, at, progress)
			     ORDER BY invitation_id, array_position(:order::text[], progress) DESC, at
			)
			UPDATE invitation
			   SET progress = fact.progress,
			       progress_at = fact.at
			  FROM fact
			 WHERE invitation.id = fact.invitation_id
			   AND invitation.partner_space_id = fact.partner_space_id
			   AND invitation.client_id = fact.client_id
			   AND array_position(:order::text[], fact.progress) > array_position(:order::text[], invitation.progress)
			""";

	private static final String RECORD_LINKS = """
			WITH fact AS (
			    SELECT DISTINCT ON (client_id, invitation_id) *
			      FROM unnest(:partnerSpaceIds::uuid[], :clientIds::uuid[], :invitationIds::uuid[], :at::timestamptz[],
			                  :linkIds::uuid[], :businessSpaceIds::uuid[])
			           AS fact (partner_space_id, client_id, invitation_id, at, link_id, business_space_id)
			     ORDER BY client_id, invitation_id, at
			), earliest AS (
			    SELECT DISTINCT ON (client_id) *
			      FROM fact
			     ORDER BY client_id, at
			), accepted AS (
			    UPDATE invitation
			       SET state = 'ACCEPTED',
			           accepted_at = fact.at,
			           revoked_at = NULL,
			           progress = 'CONFIRMED',
			           progress_at = fact.at
			      FROM fact
			     WHERE invitation.id = fact.invitation_id
			       AND invitation.partner_space_id = fact.partner_space_id
			       AND invitation.client_id = fact.client_id
			       AND invitation.state <> 'ACCEPTED'
			)
			UPDATE client
			   SET status = 'ACTIVE',
			       active_since = earliest.at,
			       link_id = earliest.link_id,
			       business_space_id = earliest.business_space_id,
			       updated_at = greatest(client.updated_at, earliest.at)
			  FROM earliest
			 WHERE client.id = earliest.client_id
			   AND client.partner_space_id = earliest.partner_space_id
			   AND client.status <> 'ACTIVE'
			""";

	private static final String NOTE_REVOCATION_OF_OTHERS = """
			UPDATE invitation
			   SET revocation_requested_at = :now,
			       revocation_requested_by = :requestedBy
			 WHERE client_id IN (SELECT client.id
			                       FROM client
			                       JOIN unnest(:partnerSpaceIds::uuid[], :clientIds::uuid[]) AS fact (partner_space_id, client_id)
			                         ON client.id = fact.client_id
			                        AND client.partner_space_id = fact.partner_space_id
			                      WHERE client.status = 'ACTIVE')
			   AND state = 'PENDING'
			   AND expires_at > :now
			   AND revocation_requested_at IS NULL
			RETURNING %s
			"""
		.formatted(InvitationRow.COLUMNS);

	private static final String RECORD_ENDS = """
			WITH fact AS (
			    SELECT DISTINCT ON (invitation_id) *
			      FROM unnest(:partnerSpaceIds::uuid[], :clientIds::uuid[], :invitationIds::uuid[], :at::timestamptz[])
			           AS fact (partner_space_id, client_id, invitation_id, at)
			     ORDER BY invitation_id, at
			)
			UPDATE invitation
			   SET state = 'REVOKED',
			       revoked_at = fact.at
			  FROM fact
			 WHERE invitation.id = fact.invitation_id
			   AND invitation.partner_space_id = fact.partner_space_id
			   AND invitation.client_id = fact.client_id
			   AND invitation.state NOT IN ('ACCEPTED', 'REVOKED')
			""";

	private static final String[] DELIVERY_ORDER = names(DeliveryState.values());

	private static final String[] PROGRESS_ORDER = names(Progress.values());

	private final DatabaseClient database;

	R2dbcOnboardingFacts(DatabaseClient database) {
		this.database = database;
	}

	private static String[] names(Enum<?>[] order) {
		return Arrays.stream(order).map(Enum::name).toArray(String[]::new);
	}

	@Override
	public Mono<Long> lockPartnerSpaces(Collection<PartnerSpaceId> partnerSpaceIds) {
		return this.database.sql(LOCK_PARTNER_SPACES)
			.bind("partnerSpaceIds", partnerSpaceIds.stream().map(PartnerSpaceId::value).toArray(UUID[]::new))
			.mapValue(Long.class)
			.one();
	}

	@Override
	public Mono<Long> lockClients(Collection<ClientId> clientIds) {
		return this.database.sql(LOCK_CLIENTS)
			.bind("clientIds", clientIds.stream().map(ClientId::value).toArray(UUID[]::new))
			.mapValue(Long.class)
			.one();
	}

	@Override
	public Mono<Long> recordMails(List<MailReported> facts) {
		Columns<MailReported> columns = new Columns<>(facts);
		return bindFacts(RECORD_MAILS, facts).bind("order", DELIVERY_ORDER)
			.bind("ending", MailReported.BATCH_CANCELLED)
			.bind("generations", columns.column(MailReported::generation, Integer[]::new))
			.bind("states", columns.column((fact) -> fact.delivery().state().name(), String[]::new))
			.bind("reasons", columns.column((fact) -> fact.delivery().reason(), String[]::new))
			.bind("replyCodes", columns.column((fact) -> fact.delivery().replyCode(), Integer[]::new))
			.bind("attempts", columns.column((fact) -> fact.delivery().attempts(), Integer[]::new))
			.bind("nextAttemptsAt", columns.column((fact) -> fact.delivery().nextAttemptAt(), Instant[]::new))
			.fetch()
			.rowsUpdated();
	}

	@Override
	public Mono<Long> recordProgress(List<ClientProgressed> facts) {
		Columns<ClientProgressed> columns = new Columns<>(facts);
		return bindFacts(RECORD_PROGRESS, facts).bind("order", PROGRESS_ORDER)
			.bind("progress", columns.column((fact) -> fact.progress().name(), String[]::new))
			.fetch()
			.rowsUpdated();
	}

	@Override
	public Mono<Long> recordLinks(List<ClientLinked> facts) {
		Columns<ClientLinked> columns = new Columns<>(facts);
		return bindFacts(RECORD_LINKS, facts).bind("linkIds", columns.column(ClientLinked::linkId, UUID[]::new))
			.bind("businessSpaceIds", columns.column(ClientLinked::businessSpaceId, UUID[]::new))
			.fetch()
			.rowsUpdated();
	}

	@Override
	public Flux<Invitation> noteRevocationOfOthers(List<ClientLinked> facts, String requestedBy, Instant at) {
		Columns<ClientLinked> columns = new Columns<>(facts);
		return this.database.sql(NOTE_REVOCATION_OF_OTHERS)
			.bind("partnerSpaceIds", columns.column((fact) -> fact.partnerSpaceId().value(), UUID[]::new))
			.bind("clientIds", columns.column((fact) -> fact.clientId().value(), UUID[]::new))
			.bind("requestedBy", requestedBy)
			.bind("now", at)
			.map(InvitationRow::invitation)
			.all();
	}

	@Override
	public Mono<Long> recordEnds(List<InvitationEnded> facts) {
		return bindFacts(RECORD_ENDS, facts).fetch().rowsUpdated();
	}

	private GenericExecuteSpec bindFacts(String sql, List<? extends OnboardingFact> facts) {
		Columns<OnboardingFact> columns = new Columns<>(facts);
		return this.database.sql(sql)
			.bind("partnerSpaceIds", columns.column((fact) -> fact.partnerSpaceId().value(), UUID[]::new))
			.bind("clientIds", columns.column((fact) -> fact.clientId().value(), UUID[]::new))
			.bind("invitationIds", columns.column((fact) -> fact.invitationId().value(), UUID[]::new))
			.bind("at", columns.column(OnboardingFact::at, Instant[]::new));
	}

}
