package com.banqup.invitations.api.partnerspace.r2dbc;

import java.time.Instant;
import java.util.UUID;

import com.banqup.invitations.api.partnerspace.PartnerSpace;
import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import com.banqup.invitations.api.partnerspace.PartnerSpaceWithoutName;
import com.banqup.invitations.api.partnerspace.PartnerSpaces;
import io.r2dbc.spi.Readable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

import static java.util.Objects.requireNonNull;

@Repository
class R2dbcPartnerSpaces implements PartnerSpaces {

	private static final String FIND = """
			SELECT id, name
			  FROM partner_space
			 WHERE id = :id
			""";

	private static final String FIND_LOCKED = FIND + "FOR NO KEY UPDATE";

	private static final String NAME = """
			INSERT INTO partner_space (id, name, created_at, updated_at)
			VALUES (:id, :name, :at, :at)
			ON CONFLICT (id) DO UPDATE
			   SET name = excluded.name,
			       updated_at = excluded.updated_at
			RETURNING id, name
			""";

	private final DatabaseClient database;

	R2dbcPartnerSpaces(DatabaseClient database) {
		this.database = database;
	}

	@Override
	public Mono<PartnerSpace> find(PartnerSpaceId id) {
		return this.database.sql(FIND).bind("id", id.value()).map(R2dbcPartnerSpaces::partnerSpace).one();
	}

	@Override
	public Mono<PartnerSpace> name(PartnerSpaceId id, String name, Instant at) {
		return this.database.sql(NAME)
			.bind("id", id.value())
			.bind("name", name)
			.bind("at", at)
			.map(R2dbcPartnerSpaces::partnerSpace)
			.one();
	}

	@Override
	public Mono<PartnerSpace> requireLocked(PartnerSpaceId id) {
		return this.database.sql(FIND_LOCKED)
			.bind("id", id.value())
			.map(R2dbcPartnerSpaces::partnerSpace)
			.one()
			.switchIfEmpty(Mono.error(() -> new PartnerSpaceWithoutName(id)));
	}

	private static PartnerSpace partnerSpace(Readable row) {
		return new PartnerSpace(new PartnerSpaceId(requireNonNull(row.get("id", UUID.class))),
				requireNonNull(row.get("name", String.class)));
	}

}
