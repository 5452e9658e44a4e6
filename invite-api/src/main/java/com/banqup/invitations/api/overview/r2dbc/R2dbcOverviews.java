package com.banqup.invitations.api.overview.r2dbc;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import com.banqup.invitations.api.client.ClientStatus;
import com.banqup.invitations.api.invitation.DeliveryState;
import com.banqup.invitations.api.invitation.InvitationState;
import com.banqup.invitations.api.overview.Overview;
import com.banqup.invitations.api.overview.Overviews;
import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import io.r2dbc.spi.Readable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

import static java.util.Objects.requireNonNull;

@Repository
class R2dbcOverviews implements Overviews {

	/**
	 * One statement, so that the numbers are of one moment. Invitations are passed once,
	 * in the index {@code invitation_state}, which has all that is asked for here.
	 */
	static final String COUNT = """
			WITH counted AS (
			    SELECT state, delivery_state, count(*) AS amount,
			           count(*) FILTER (WHERE state = 'PENDING' AND expires_at <= :now) AS overdue
			      FROM invitation
			     WHERE partner_space_id = :partnerSpaceId
			     GROUP BY state, delivery_state
			)
			SELECT 'client' AS kind, status AS state, count(*) AS amount
			  FROM client
			 WHERE partner_space_id = :partnerSpaceId
			 GROUP BY status
			UNION ALL
			SELECT 'invitation', state, sum(amount - overdue)::bigint
			  FROM counted
			 GROUP BY state
			UNION ALL
			SELECT 'invitation', 'EXPIRED', coalesce(sum(overdue), 0)::bigint
			  FROM counted
			UNION ALL
			SELECT 'delivery', delivery_state, sum(amount)::bigint
			  FROM counted
			 GROUP BY delivery_state
			""";

	private final DatabaseClient database;

	R2dbcOverviews(DatabaseClient database) {
		this.database = database;
	}

	@Override
	public Mono<Overview> count(PartnerSpaceId partnerSpaceId, Instant now) {
		return this.database.sql(COUNT)
			.bind("partnerSpaceId", partnerSpaceId.value())
			.bind("now", now)
			.map(Count::of)
			.all()
			.collectList()
			.map((counts) -> new Overview(byState(counts, "client", ClientStatus.class),
					byState(counts, "invitation", InvitationState.class),
					byState(counts, "delivery", DeliveryState.class)));
	}

	private static <E extends Enum<E>> Map<E, Long> byState(List<Count> counts, String kind, Class<E> states) {
		Map<E, Long> byState = new EnumMap<>(states);
		for (E state : requireNonNull(states.getEnumConstants())) {
			byState.put(state, 0L);
		}
		counts.stream()
			.filter((count) -> count.kind().equals(kind))
			.forEach((count) -> byState.merge(Enum.valueOf(states, count.state()), count.amount(), Long::sum));
		return byState;
	}

	private record Count(String kind, String state, long amount) {

		static Count of(Readable row) {
			return new Count(requireNonNull(row.get("kind", String.class)),
					requireNonNull(row.get("state", String.class)), requireNonNull(row.get("amount", Long.class)));
		}

	}

}
