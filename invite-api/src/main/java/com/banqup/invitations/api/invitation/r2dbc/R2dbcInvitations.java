package com.banqup.invitations.api.invitation.r2dbc;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

import com.banqup.invitations.api.client.ClientId;
import com.banqup.invitations.api.client.ClientStatus;
import com.banqup.invitations.api.database.Columns;
import com.banqup.invitations.api.id.NewIds;
import com.banqup.invitations.api.invitation.InvitableClient;
import com.banqup.invitations.api.invitation.InvitableClient.Pending;
import com.banqup.invitations.api.invitation.Invitation;
import com.banqup.invitations.api.invitation.InvitationFilter;
import com.banqup.invitations.api.invitation.InvitationId;
import com.banqup.invitations.api.invitation.InvitationNotFound;
import com.banqup.invitations.api.invitation.InvitationState;
import com.banqup.invitations.api.invitation.InvitationTerms;
import com.banqup.invitations.api.invitation.Invitations;
import com.banqup.invitations.api.invitation.InviteDecision;
import com.banqup.invitations.api.invitation.InviteDecisions;
import com.banqup.invitations.api.invitation.InviteOutcome.Refused;
import com.banqup.invitations.api.invitation.InvitedClient;
import com.banqup.invitations.api.invitation.MailRequest.Addressee;
import com.banqup.invitations.api.invitation.NewInvitation;
import com.banqup.invitations.api.invitation.RefusalReason;
import com.banqup.invitations.api.paging.Page;
import com.banqup.invitations.api.paging.PageRequest;
import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import com.banqup.invitations.link.LinkToken;
import com.banqup.invitations.schemas.InviteeLanguage;
import com.banqup.invitations.schemas.Permission;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Repository;

import static java.util.Objects.requireNonNull;

@Repository
class R2dbcInvitations implements Invitations {

	/**
	 * Clients are locked in the order of their ids, as everywhere, before their
	 * invitations are touched. All of them are: the outer query reads every locked row.
	 */
	private static final String LOCK_AND_EXPIRE = """
			WITH locked AS MATERIALIZED (
			    SELECT id
			      FROM client
			     WHERE partner_space_id = :partnerSpaceId
			       AND id = ANY (:clientIds)
			     ORDER BY id
			       FOR NO KEY UPDATE
			), expired AS (
			    UPDATE invitation
			       SET state = 'EXPIRED'
			     WHERE client_id IN (SELECT id FROM locked)
			       AND state = 'PENDING'
			       AND expires_at <= :now
			)
			SELECT count(*) FROM locked
			""";

	/**
	 * The same for one client, in a shape that PostgreSQL plans once instead of anew for
	 * each invitation: it has no array whose length matters. A plan that was made while
	 * the tables were empty has to be right when they are full, so no condition is one
	 * that another index than the right one could serve; indexes do not know IS NOT
	 * DISTINCT FROM.
	 */
	private static final String LOCK_AND_EXPIRE_ONE = """
			WITH locked AS MATERIALIZED (
			    SELECT id
			      FROM client
			     WHERE id = (:clientIds::uuid[])[1]
			       AND partner_space_id IS NOT DISTINCT FROM :partnerSpaceId
			       FOR NO KEY UPDATE
			), expired AS (
			    UPDATE invitation
			       SET state = 'EXPIRED'
			     WHERE client_id = (SELECT id FROM locked)
			       AND state IS NOT DISTINCT FROM 'PENDING'
			       AND expires_at <= :now
			)
			SELECT count(*) FROM locked
			""";

	private static final String INVITE_ASKED = """
			WITH asked AS MATERIALIZED (
			    SELECT asked.client_id, asked.invitation_id, client.status, client.name, client.email_ascii, client.language
			      FROM %s AS asked (client_id, invitation_id)
			      LEFT JOIN LATERAL (SELECT *
			                           FROM client
			                          WHERE id = asked.client_id
			                          LIMIT 1) client ON client.partner_space_id = :partnerSpaceId
			), invited AS (
			    INSERT INTO invitation (id, partner_space_id, client_id, template_id, topic, state, generation, language,
			                            message, permissions, expires_in_days, created_by, created_at, requested_by,
			                            requested_at, expires_at, delivery_at)
			    SELECT invitation_id, :partnerSpaceId, client_id, :templateId, :topic, 'PENDING', 1,
			           coalesce(:language, language, :fallbackLanguage),
			           :message, :permissions, :expiresInDays, :requestedBy, :now, :requestedBy,
			           :now, :expiresAt, :now
			      FROM asked
			     WHERE status = 'INACTIVE'
			    ON CONFLICT (client_id) WHERE state = 'PENDING' DO NOTHING
			    RETURNING id, client_id, language
			)
			SELECT asked.client_id, asked.status, asked.name, asked.email_ascii,
			       invited.id AS invited_id, invited.language,
			       pending.id AS pending_id
			  FROM asked
			  LEFT JOIN invited ON invited.client_id = asked.client_id
			  LEFT JOIN LATERAL (SELECT id
			                       FROM invitation
			                      WHERE client_id = asked.client_id
			                        AND state IS NOT DISTINCT FROM 'PENDING'
			                      LIMIT 1) pending ON true
			""";

	private static final String INVITE = INVITE_ASKED.formatted("unnest(:clientIds::uuid[], :invitationIds::uuid[])");

	/** Planned once, as {@link #LOCK_AND_EXPIRE_ONE}. */
	private static final String INVITE_ONE = INVITE_ASKED
		.formatted("(VALUES ((:clientIds::uuid[])[1], (:invitationIds::uuid[])[1]))");

	/** A statement of its own: what others committed while it waited is to be seen. */
	private static final String FIND_INVITABLE = """
			SELECT client.id, client.name, client.email_ascii, client.status, client.language,
			       pending.id AS pending_id, pending.batch_id, pending.batch_row
			  FROM client
			  LEFT JOIN invitation pending ON pending.client_id = client.id
			                              AND pending.state = 'PENDING'
			                              AND pending.expires_at > :now
			 WHERE client.partner_space_id = :partnerSpaceId
			   AND client.id = ANY (:clientIds)
			""";

	private static final String ADD_ALL = """
			INSERT INTO invitation (id, partner_space_id, client_id, template_id, topic, state, generation, language,
			                        message, permissions, expires_in_days, created_by, created_at, requested_by,
			                        requested_at, expires_at, delivery_at, batch_id, batch_row)
			SELECT new.id, :partnerSpaceId, new.client_id, :templateId, :topic, 'PENDING', 1, new.language,
			       new.message, :permissions, :expiresInDays, :requestedBy, :now, :requestedBy,
			       :now, :expiresAt, :now, new.batch_id, new.batch_row
			  FROM unnest(:ids::uuid[], :clientIds::uuid[], :languages::text[], :messages::text[], :batchIds::uuid[],
			              :batchRows::int[])
			       AS new (id, client_id, language, message, batch_id, batch_row)
			""";

	private static final String FIND = """
			SELECT %s
			  FROM invitation
			 WHERE partner_space_id = :partnerSpaceId
			""".formatted(InvitationRow.COLUMNS);

	private static final String FIND_LATEST = FIND + """
			   AND client_id = :clientId
			 ORDER BY id DESC
			 LIMIT 1
			""";

	private static final String RESEND = """
			UPDATE invitation
			   SET state = 'PENDING',
			       generation = :generation,
			       requested_by = :requestedBy,
			       requested_at = :now,
			       expires_at = :expiresAt,
			       delivery_state = 'QUEUED',
			       delivery_reason = NULL,
			       delivery_reply_code = NULL,
			       delivery_attempts = 0,
			       delivery_next_attempt_at = NULL,
			       delivery_at = :now
			 WHERE id = :id
			   AND partner_space_id = :partnerSpaceId
			   AND generation = :generation - 1
			   AND state IN ('PENDING', 'EXPIRED')
			   AND revocation_requested_at IS NULL
			RETURNING %s
			""".formatted(InvitationRow.COLUMNS);

	private static final String MAIL_AGAIN = """
			UPDATE invitation
			   SET generation = generation + 1,
			       language = coalesce(next.new_language, language),
			       message = coalesce(next.new_message, message),
			       requested_by = :requestedBy,
			       requested_at = :now,
			       expires_at = :now + make_interval(hours => 24 * expires_in_days),
			       delivery_state = 'QUEUED',
			       delivery_reason = NULL,
			       delivery_reply_code = NULL,
			       delivery_attempts = 0,
			       delivery_next_attempt_at = NULL,
			       delivery_at = :now
			  FROM unnest(:ids::uuid[], :languages::text[], :messages::text[])
			       AS next (invitation_id, new_language, new_message)
			 WHERE id = next.invitation_id
			   AND partner_space_id = :partnerSpaceId
			   AND generation < :maxGeneration
			   AND state = 'PENDING'
			   AND (delivery_state = 'REJECTED' OR (delivery_state = 'QUEUED' AND requested_at < :silentBefore))
			   AND revocation_requested_at IS NULL
			RETURNING %s
			""".formatted(InvitationRow.COLUMNS);

	private static final String LEAVE_BULK = """
			UPDATE invitation
			   SET batch_id = NULL,
			       batch_row = NULL
			 WHERE id = ANY (:ids)
			   AND partner_space_id = :partnerSpaceId
			""";

	private static final String NOTE_REVOCATION_REQUEST = """
			UPDATE invitation
			   SET revocation_requested_at = :now,
			       revocation_requested_by = :requestedBy
			 WHERE id = :id
			   AND partner_space_id = :partnerSpaceId
			   AND state = 'PENDING'
			   AND expires_at > :now
			   AND revocation_requested_at IS NULL
			RETURNING %s
			""".formatted(InvitationRow.COLUMNS);

	/** Never waits for a lock, so it needs no order. */
	private static final String EXPIRE_OVERDUE = """
			UPDATE invitation
			   SET state = 'EXPIRED'
			 WHERE id IN (SELECT id
			                FROM invitation
			               WHERE state = 'PENDING'
			                 AND expires_at <= :now
			               ORDER BY expires_at
			               LIMIT :limit
			                 FOR UPDATE SKIP LOCKED)
			""";

	private final DatabaseClient database;

	private final NewIds ids;

	R2dbcInvitations(DatabaseClient database, NewIds ids) {
		this.database = database;
		this.ids = ids;
	}

	@Override
	public Mono<InviteDecisions> invite(InvitationTerms terms, List<ClientId> clientIds) {
		return lockAndExpire(terms.partnerSpaceId(), clientIds, terms.requestedAt())
			.then(Mono.defer(() -> store(terms, ids(clientIds))));
	}

	@Override
	public Flux<InvitableClient> lockInvitable(PartnerSpaceId partnerSpaceId, Collection<ClientId> clientIds,
			Instant now) {
		return lockAndExpire(partnerSpaceId, clientIds, now)
			.thenMany(Flux.defer(() -> findInvitable(partnerSpaceId, clientIds, now)));
	}

	@Override
	public Flux<InvitableClient> findInvitable(PartnerSpaceId partnerSpaceId, Collection<ClientId> clientIds,
			Instant now) {
		return this.database.sql(FIND_INVITABLE)
			.bind("partnerSpaceId", partnerSpaceId.value())
			.bind("clientIds", ids(clientIds))
			.bind("now", now)
			.map(R2dbcInvitations::invitable)
			.all();
	}

	private static InvitableClient invitable(Readable row) {
		String language = row.get("language", String.class);
		UUID pending = row.get("pending_id", UUID.class);
		return new InvitableClient(new Addressee(new ClientId(requireNonNull(row.get("id", UUID.class))),
				requireNonNull(row.get("name", String.class)), requireNonNull(row.get("email_ascii", String.class))),
				ClientStatus.valueOf(requireNonNull(row.get("status", String.class))),
				(language != null) ? InviteeLanguage.ofCode(language).orElseThrow() : null,
				(pending != null) ? new Pending(new InvitationId(pending), row.get("batch_id", UUID.class),
						row.get("batch_row", Integer.class)) : null);
	}

	@Override
	public Mono<Void> addAll(InvitationTerms terms, List<NewInvitation> invitations) {
		Columns<NewInvitation> columns = new Columns<>(invitations);
		return bindTerms(this.database.sql(ADD_ALL), terms)
			.bind("ids", columns.column((invitation) -> invitation.id().value(), UUID[]::new))
			.bind("clientIds", columns.column((invitation) -> invitation.clientId().value(), UUID[]::new))
			.bind("languages", columns.column((invitation) -> invitation.language().code(), String[]::new))
			.bind("messages", columns.column(NewInvitation::message, String[]::new))
			.bind("batchIds", columns.column(NewInvitation::batchId, UUID[]::new))
			.bind("batchRows", columns.column(NewInvitation::batchRow, Integer[]::new))
			.then();
	}

	private static UUID[] ids(Collection<ClientId> clientIds) {
		return clientIds.stream().map(ClientId::value).toArray(UUID[]::new);
	}

	private Mono<Long> lockAndExpire(PartnerSpaceId partnerSpaceId, Collection<ClientId> clients, Instant now) {
		return this.database.sql((clients.size() == 1) ? LOCK_AND_EXPIRE_ONE : LOCK_AND_EXPIRE)
			.bind("partnerSpaceId", partnerSpaceId.value())
			.bind("clientIds", ids(clients))
			.bind("now", now)
			.mapValue(Long.class)
			.one();
	}

	private Mono<InviteDecisions> store(InvitationTerms terms, UUID[] clients) {
		InviteeLanguage language = terms.language();
		return bindTerms(this.database.sql((clients.length == 1) ? INVITE_ONE : INVITE), terms)
			.bind("clientIds", clients)
			.bind("invitationIds", this.ids.next(clients.length).toArray(UUID[]::new))
			.bind("language", Parameters.in(R2dbcType.VARCHAR, (language != null) ? language.code() : null))
			.bind("fallbackLanguage", terms.fallbackLanguage().code())
			.bind("message", Parameters.in(R2dbcType.VARCHAR, terms.message()))
			.map(R2dbcInvitations::decision)
			.all()
			.collectList()
			.map(R2dbcInvitations::decisions);
	}

	private static GenericExecuteSpec bindTerms(GenericExecuteSpec statement, InvitationTerms terms) {
		return statement.bind("partnerSpaceId", terms.partnerSpaceId().value())
			.bind("templateId", terms.templateId().value())
			.bind("topic", terms.topic())
			.bind("permissions", terms.permissions().stream().map(Permission::code).toArray(String[]::new))
			.bind("expiresInDays", terms.expiresInDays())
			.bind("requestedBy", terms.requestedBy())
			.bind("now", terms.requestedAt())
			.bind("expiresAt", terms.expiresAt());
	}

	private static InviteDecision decision(Readable row) {
		ClientId clientId = new ClientId(requireNonNull(row.get("client_id", UUID.class)));
		String status = row.get("status", String.class);
		if (status == null) {
			return new Refused(clientId, RefusalReason.UNKNOWN_CLIENT, null);
		}
		if (status.equals("ACTIVE")) {
			return new Refused(clientId, RefusalReason.ALREADY_LINKED, null);
		}
		UUID invited = row.get("invited_id", UUID.class);
		if (invited == null) {
			return new Refused(clientId, RefusalReason.ALREADY_INVITED,
					new InvitationId(requireNonNull(row.get("pending_id", UUID.class))));
		}
		return new InvitedClient(new InvitationId(invited),
				new Addressee(clientId, requireNonNull(row.get("name", String.class)),
						requireNonNull(row.get("email_ascii", String.class))),
				InviteeLanguage.ofCode(requireNonNull(row.get("language", String.class))).orElseThrow());
	}

	private static InviteDecisions decisions(List<InviteDecision> rows) {
		List<InvitedClient> invited = new ArrayList<>();
		List<Refused> refused = new ArrayList<>();
		for (InviteDecision row : rows) {
			switch (row) {
				case InvitedClient client -> invited.add(client);
				case Refused client -> refused.add(client);
			}
		}
		return new InviteDecisions(invited, refused);
	}

	@Override
	public Flux<Invitation> mailAgain(PartnerSpaceId partnerSpaceId, List<NextMail> mails, String requestedBy,
			Instant silentBefore, Instant now) {
		Columns<NextMail> columns = new Columns<>(mails);
		return this.database.sql(MAIL_AGAIN)
			.bind("ids", columns.column((mail) -> mail.id().value(), UUID[]::new))
			.bind("languages", columns.column(R2dbcInvitations::languageCode, String[]::new))
			.bind("messages", columns.column(NextMail::message, String[]::new))
			.bind("partnerSpaceId", partnerSpaceId.value())
			.bind("maxGeneration", LinkToken.MAX_GENERATION)
			.bind("requestedBy", requestedBy)
			.bind("silentBefore", silentBefore)
			.bind("now", now)
			.map(InvitationRow::invitation)
			.all();
	}

	private static @Nullable String languageCode(NextMail mail) {
		return (mail.language() != null) ? mail.language().code() : null;
	}

	@Override
	public Mono<Void> leaveBulk(PartnerSpaceId partnerSpaceId, Collection<InvitationId> ids) {
		return this.database.sql(LEAVE_BULK)
			.bind("ids", values(ids))
			.bind("partnerSpaceId", partnerSpaceId.value())
			.then();
	}

	@Override
	public Flux<Invitation> find(PartnerSpaceId partnerSpaceId, Collection<InvitationId> ids, Instant now) {
		return this.database.sql(FIND + "   AND id = ANY (:ids)")
			.bind("partnerSpaceId", partnerSpaceId.value())
			.bind("now", now)
			.bind("ids", values(ids))
			.map(InvitationRow::invitation)
			.all();
	}

	private static UUID[] values(Collection<InvitationId> ids) {
		return ids.stream().map(InvitationId::value).toArray(UUID[]::new);
	}

	@Override
	public Mono<Invitation> require(PartnerSpaceId partnerSpaceId, InvitationId id, Instant now) {
		return this.database.sql(FIND + "   AND id = :id")
			.bind("partnerSpaceId", partnerSpaceId.value())
			.bind("now", now)
			.bind("id", id.value())
			.map(InvitationRow::invitation)
			.one()
			.switchIfEmpty(Mono.error(() -> new InvitationNotFound(id)));
	}

	@Override
	public Mono<Invitation> findLatest(PartnerSpaceId partnerSpaceId, ClientId clientId, Instant now) {
		return this.database.sql(FIND_LATEST)
			.bind("partnerSpaceId", partnerSpaceId.value())
			.bind("now", now)
			.bind("clientId", clientId.value())
			.map(InvitationRow::invitation)
			.one();
	}

	@Override
	public Mono<Invitation> resend(Invitation nextGeneration) {
		return this.database.sql(RESEND)
			.bind("id", nextGeneration.id().value())
			.bind("partnerSpaceId", nextGeneration.partnerSpaceId().value())
			.bind("generation", nextGeneration.generation())
			.bind("requestedBy", nextGeneration.requestedBy())
			.bind("now", nextGeneration.requestedAt())
			.bind("expiresAt", nextGeneration.expiresAt())
			.map(InvitationRow::invitation)
			.one();
	}

	@Override
	public Mono<Invitation> noteRevocationRequest(Invitation invitation, String requestedBy, Instant at) {
		return this.database.sql(NOTE_REVOCATION_REQUEST)
			.bind("id", invitation.id().value())
			.bind("partnerSpaceId", invitation.partnerSpaceId().value())
			.bind("requestedBy", requestedBy)
			.bind("now", at)
			.map(InvitationRow::invitation)
			.one();
	}

	@Override
	public Mono<Page<Invitation>> list(PartnerSpaceId partnerSpaceId, InvitationFilter filter, PageRequest page,
			Instant now) {
		StringBuilder sql = new StringBuilder(FIND);
		if (filter.state() != null) {
			sql.append("   AND ").append(condition(filter.state())).append('\n');
		}
		if (filter.delivery() != null) {
			sql.append("   AND delivery_state = '").append(filter.delivery().name()).append("'\n");
		}
		if (filter.clientId() != null) {
			sql.append("   AND client_id = :clientId\n");
		}
		if (page.cursor() != null) {
			sql.append("   AND id < :after\n");
		}
		sql.append(" ORDER BY id DESC\n LIMIT :rows");
		return bindFilter(this.database.sql(sql.toString()), filter, page)
			.bind("partnerSpaceId", partnerSpaceId.value())
			.bind("now", now)
			.bind("rows", page.limit() + 1)
			.map(InvitationRow::invitation)
			.all()
			.collectList()
			.map((rows) -> Page.of(rows, page.limit(), (invitation) -> invitation.id().value()));
	}

	/**
	 * States stand in the statement itself, so that the planner can tell the rare ones,
	 * which have an index, from the others.
	 */
	private static String condition(InvitationState state) {
		return switch (state) {
			case PENDING -> "state = 'PENDING' AND expires_at > :now";
			case EXPIRED -> "state IN ('PENDING', 'EXPIRED') AND (state = 'EXPIRED' OR expires_at <= :now)";
			case ACCEPTED, REVOKED -> "state = '" + state.name() + "'";
		};
	}

	private static GenericExecuteSpec bindFilter(GenericExecuteSpec query, InvitationFilter filter, PageRequest page) {
		GenericExecuteSpec bound = query;
		if (filter.clientId() != null) {
			bound = bound.bind("clientId", filter.clientId().value());
		}
		return (page.cursor() != null) ? bound.bind("after", page.cursor().after()) : bound;
	}

	@Override
	public Mono<Long> expireOverdue(Instant now, int limit) {
		return this.database.sql(EXPIRE_OVERDUE).bind("now", now).bind("limit", limit).fetch().rowsUpdated();
	}

}
