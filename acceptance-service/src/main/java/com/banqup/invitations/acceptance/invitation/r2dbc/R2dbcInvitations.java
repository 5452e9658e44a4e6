package com.banqup.invitations.acceptance.invitation.r2dbc;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

import com.banqup.invitations.acceptance.invitation.Invitation;
import com.banqup.invitations.acceptance.invitation.InvitationState;
import com.banqup.invitations.acceptance.invitation.Invitations;
import com.banqup.invitations.acceptance.invitation.ProgressStep;
import com.banqup.invitations.acceptance.invitation.RequestedInvitation;
import com.banqup.invitations.acceptance.invitation.Revocation;
import com.banqup.invitations.link.LinkToken;
import com.banqup.invitations.schemas.InviteeLanguage;
import com.banqup.invitations.schemas.Permission;
import io.r2dbc.spi.Readable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

/**
 * Rows are locked in the order of their ids, so that concurrent batches do not deadlock.
 */
@Repository
class R2dbcInvitations implements Invitations {

	private static final String COLUMNS = """
			id, generation, partner_space_id, partner_name, client_id, client_name, language, permissions,
			expires_at, state, accepted_by
			""";

	private static final String FIND = "SELECT " + COLUMNS + "FROM invitation WHERE id = :id";

	private static final String LEARN = """
			INSERT INTO invitation AS known (id, generation, partner_space_id, partner_name, client_id, client_name,
			        language, permissions, requested_at, expires_at, state)
			SELECT id, generation, partner_space_id, partner_name, client_id, client_name,
			        language, string_to_array(permissions, ','),
			        requested_at, expires_at, 'PENDING'
			FROM unnest(:ids, :generations, :partnerSpaceIds, :partnerNames, :clientIds, :clientNames,
			        :languages, :permissions, :requestedAts, :expiresAts)
			    AS requested(id, generation, partner_space_id, partner_name, client_id, client_name,
			        language, permissions, requested_at, expires_at)
			ON CONFLICT (id) DO UPDATE
			SET generation = excluded.generation, partner_name = excluded.partner_name,
			    client_name = excluded.client_name, language = excluded.language,
			    permissions = excluded.permissions, requested_at = excluded.requested_at,
			    expires_at = excluded.expires_at
			WHERE known.generation < excluded.generation AND known.state <> 'ACCEPTED'
			""";

	private static final String REVOKE = """
			INSERT INTO invitation AS known (id, generation, partner_space_id, partner_name, client_id, client_name,
			        language, permissions, requested_at, expires_at, state, revoked_at)
			SELECT id, 0, partner_space_id, '', client_id, '', 'en', '{}', requested_at, requested_at, 'REVOKED', :now
			FROM unnest(:ids, :partnerSpaceIds, :clientIds, :requestedAts)
			    AS revocation(id, partner_space_id, client_id, requested_at)
			ON CONFLICT (id) DO UPDATE SET state = 'REVOKED', revoked_at = excluded.revoked_at
			WHERE known.state = 'PENDING'
			RETURNING id
			""";

	private static final String ADVANCE = """
			UPDATE invitation SET progress = :progress
			WHERE id = :id AND generation = :generation AND state = 'PENDING' AND expires_at > :now
			  AND progress < :progress
			RETURNING
			""" + COLUMNS;

	private static final String CLAIM = """
			UPDATE invitation
			SET state = 'ACCEPTED', accepted_by = :accountId, accepted_at = :now, progress = :progress
			WHERE id = :id AND generation = :generation AND state = 'PENDING' AND expires_at > :now
			RETURNING
			""" + COLUMNS;

	private final DatabaseClient database;

	R2dbcInvitations(DatabaseClient database) {
		this.database = database;
	}

	@Override
	public Mono<Invitation> find(UUID id) {
		return this.database.sql(FIND).bind("id", id).map(R2dbcInvitations::invitation).one();
	}

	@Override
	public Mono<Long> learn(Collection<RequestedInvitation> requests) {
		if (requests.isEmpty()) {
			return Mono.just(0L);
		}
		return Mono.defer(() -> {
			Columns<RequestedInvitation> rows = new Columns<>(requests, RequestedInvitation::id);
			return this.database.sql(LEARN)
				.bind("ids", rows.column(UUID[]::new, RequestedInvitation::id))
				.bind("generations", rows.column(Integer[]::new, RequestedInvitation::generation))
				.bind("partnerSpaceIds", rows.column(UUID[]::new, RequestedInvitation::partnerSpaceId))
				.bind("partnerNames", rows.column(String[]::new, RequestedInvitation::partnerName))
				.bind("clientIds", rows.column(UUID[]::new, RequestedInvitation::clientId))
				.bind("clientNames", rows.column(String[]::new, RequestedInvitation::clientName))
				.bind("languages", rows.column(String[]::new, RequestedInvitation::language))
				.bind("permissions", rows.column(String[]::new, (request) -> String.join(",", request.permissions())))
				.bind("requestedAts", rows.column(Instant[]::new, RequestedInvitation::requestedAt))
				.bind("expiresAts", rows.column(Instant[]::new, RequestedInvitation::expiresAt))
				.fetch()
				.rowsUpdated();
		});
	}

	@Override
	public Mono<List<Revocation>> revoke(Collection<Revocation> revocations, Instant now) {
		if (revocations.isEmpty()) {
			return Mono.just(List.of());
		}
		return Mono.defer(() -> {
			Columns<Revocation> rows = new Columns<>(revocations, Revocation::invitationId);
			Map<UUID, Revocation> byId = revocations.stream()
				.collect(Collectors.toMap(Revocation::invitationId, Function.identity()));
			return this.database.sql(REVOKE)
				.bind("ids", rows.column(UUID[]::new, Revocation::invitationId))
				.bind("partnerSpaceIds", rows.column(UUID[]::new, Revocation::partnerSpaceId))
				.bind("clientIds", rows.column(UUID[]::new, Revocation::clientId))
				.bind("requestedAts", rows.column(Instant[]::new, Revocation::requestedAt))
				.bind("now", now)
				.map((row) -> Objects.requireNonNull(byId.get(required(row, "id", UUID.class))))
				.all()
				.collectList();
		});
	}

	@Override
	public Mono<Invitation> advance(LinkToken link, ProgressStep step, Instant now) {
		return this.database.sql(ADVANCE)
			.bind("id", link.invitationId())
			.bind("generation", link.generation())
			.bind("progress", step.rank())
			.bind("now", now)
			.map(R2dbcInvitations::invitation)
			.one();
	}

	@Override
	public Mono<Invitation> claim(LinkToken link, UUID accountId, Instant now) {
		return this.database.sql(CLAIM)
			.bind("id", link.invitationId())
			.bind("generation", link.generation())
			.bind("progress", ProgressStep.CONFIRMED.rank())
			.bind("accountId", accountId)
			.bind("now", now)
			.map(R2dbcInvitations::invitation)
			.one();
	}

	private static Invitation invitation(Readable row) {
		return new Invitation(required(row, "id", UUID.class), required(row, "generation", Integer.class),
				required(row, "partner_space_id", UUID.class), required(row, "partner_name", String.class),
				required(row, "client_id", UUID.class), required(row, "client_name", String.class),
				InviteeLanguage.ofCode(required(row, "language", String.class)).orElse(InviteeLanguage.ENGLISH),
				permissions(required(row, "permissions", String[].class)), required(row, "expires_at", Instant.class),
				InvitationState.valueOf(required(row, "state", String.class)), row.get("accepted_by", UUID.class));
	}

	/** A permission that this version cannot explain to the client is not asked for. */
	private static List<Permission> permissions(String[] codes) {
		return Arrays.stream(codes).map(Permission::ofCode).flatMap(Optional::stream).distinct().toList();
	}

	private static <T> T required(Readable row, String column, Class<T> type) {
		return Objects.requireNonNull(row.get(column, type), column);
	}

	/** Rows as the arrays that {@code unnest} takes, in the order of their ids. */
	private record Columns<T>(List<T> items) {

		Columns(Collection<T> items, Function<T, UUID> id) {
			this(items.stream().sorted(Comparator.comparing(id)).toList());
		}

		<V> V[] column(IntFunction<V[]> array, Function<T, V> value) {
			return this.items.stream().map(value).toArray(array);
		}

	}

}
