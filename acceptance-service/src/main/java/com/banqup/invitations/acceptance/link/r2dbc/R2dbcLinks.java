package com.banqup.invitations.acceptance.link.r2dbc;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

import com.banqup.invitations.acceptance.invitation.Invitation;
import com.banqup.invitations.acceptance.link.Links;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

@Repository
class R2dbcLinks implements Links {

	private static final String ESTABLISH = """
			INSERT INTO link AS known (id, partner_space_id, business_space_id, established_at)
			VALUES (:id, :partnerSpaceId, :businessSpaceId, :now)
			ON CONFLICT (partner_space_id, business_space_id) DO UPDATE SET established_at = known.established_at
			RETURNING known.id
			""";

	private final DatabaseClient database;

	R2dbcLinks(DatabaseClient database) {
		this.database = database;
	}

	@Override
	public Mono<UUID> establish(Invitation invitation, UUID businessSpaceId, Instant now) {
		return Mono.defer(() -> this.database.sql(ESTABLISH)
			.bind("id", UUID.randomUUID())
			.bind("partnerSpaceId", invitation.partnerSpaceId())
			.bind("businessSpaceId", businessSpaceId)
			.bind("now", now)
			.map((row) -> Objects.requireNonNull(row.get("id", UUID.class)))
			.one());
	}

}
