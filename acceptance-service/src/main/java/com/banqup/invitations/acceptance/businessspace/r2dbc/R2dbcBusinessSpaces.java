package com.banqup.invitations.acceptance.businessspace.r2dbc;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import com.banqup.invitations.acceptance.account.Account;
import com.banqup.invitations.acceptance.businessspace.BusinessSpace;
import com.banqup.invitations.acceptance.businessspace.BusinessSpaceNotYours;
import com.banqup.invitations.acceptance.businessspace.BusinessSpaces;
import com.banqup.invitations.acceptance.businessspace.NewBusinessSpace;
import com.banqup.invitations.acceptance.businessspace.TooManyBusinessSpaces;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

@Repository
class R2dbcBusinessSpaces implements BusinessSpaces {

	private static final String LIST = """
			SELECT space.id, space.name, space.country, space.vat_number, space.registration_number, space.created_at
			FROM business_space AS space
			JOIN business_space_member AS member ON member.business_space_id = space.id
			WHERE member.account_id = :accountId
			""";

	private static final String CREATE = """
			WITH created AS (
			    INSERT INTO business_space (id, name, country, vat_number, registration_number, created_by, created_at)
			    SELECT :id, :name, :country, :vatNumber, :registrationNumber, :accountId, :now
			    WHERE (SELECT count(*) FROM business_space WHERE created_by = :accountId) < :limit
			    ON CONFLICT DO NOTHING
			    RETURNING id, name, country, vat_number, registration_number, created_at),
			member AS (
			    INSERT INTO business_space_member (account_id, business_space_id) SELECT :accountId, id FROM created)
			SELECT id, name, country, vat_number, registration_number, created_at FROM created
			""";

	private static final String FIND_SAME = """
			SELECT id, name, country, vat_number, registration_number, created_at FROM business_space
			WHERE created_by = :accountId AND country = :country
			  AND (vat_number = :vatNumber OR registration_number = :registrationNumber)
			ORDER BY created_at LIMIT 1
			""";

	private final DatabaseClient database;

	private final Clock clock;

	R2dbcBusinessSpaces(DatabaseClient database, Clock clock) {
		this.database = database;
		this.clock = clock;
	}

	@Override
	public Mono<List<BusinessSpace>> list(Account account) {
		return this.database.sql(LIST + "ORDER BY lower(space.name), space.id")
			.bind("accountId", account.id())
			.map(R2dbcBusinessSpaces::businessSpace)
			.all()
			.collectList();
	}

	@Override
	public Mono<BusinessSpace> create(Account account, NewBusinessSpace space) {
		return insert(account, space).switchIfEmpty(Mono.defer(() -> findSame(account, space)))
			.switchIfEmpty(Mono.error(TooManyBusinessSpaces::new));
	}

	@Override
	public Mono<BusinessSpace> require(Account account, UUID id) {
		return this.database.sql(LIST + "AND space.id = :id")
			.bind("accountId", account.id())
			.bind("id", id)
			.map(R2dbcBusinessSpaces::businessSpace)
			.one()
			.switchIfEmpty(Mono.error(() -> new BusinessSpaceNotYours(id)));
	}

	private Mono<BusinessSpace> insert(Account account, NewBusinessSpace space) {
		return Mono.defer(() -> this.database.sql(CREATE)
			.bind("id", UUID.randomUUID())
			.bind("name", space.name())
			.bind("country", space.country())
			.bind("vatNumber", Parameters.in(R2dbcType.VARCHAR, space.vatNumber()))
			.bind("registrationNumber", Parameters.in(R2dbcType.VARCHAR, space.registrationNumber()))
			.bind("accountId", account.id())
			.bind("now", this.clock.instant().truncatedTo(ChronoUnit.MILLIS))
			.bind("limit", LIMIT)
			.map(R2dbcBusinessSpaces::businessSpace)
			.one());
	}

	private Mono<BusinessSpace> findSame(Account account, NewBusinessSpace space) {
		return this.database.sql(FIND_SAME)
			.bind("accountId", account.id())
			.bind("country", space.country())
			.bind("vatNumber", Parameters.in(R2dbcType.VARCHAR, space.vatNumber()))
			.bind("registrationNumber", Parameters.in(R2dbcType.VARCHAR, space.registrationNumber()))
			.map(R2dbcBusinessSpaces::businessSpace)
			.one();
	}

	private static BusinessSpace businessSpace(Readable row) {
		return new BusinessSpace(Objects.requireNonNull(row.get("id", UUID.class)),
				Objects.requireNonNull(row.get("name", String.class)),
				Objects.requireNonNull(row.get("country", String.class)), row.get("vat_number", String.class),
				row.get("registration_number", String.class),
				Objects.requireNonNull(row.get("created_at", Instant.class)));
	}

}
