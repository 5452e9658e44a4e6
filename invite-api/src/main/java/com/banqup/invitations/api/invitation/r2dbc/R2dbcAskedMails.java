package com.banqup.invitations.api.invitation.r2dbc;

import java.time.LocalDate;

import com.banqup.invitations.api.invitation.AskedMails;
import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

/**
 * A row for each Partner Space that belongs to the latest day. Bulks keep theirs in the
 * row that is their lock; it is read here, never locked.
 */
@Repository
class R2dbcAskedMails implements AskedMails {

	private static final String ADD_SINGLE = """
			INSERT INTO partner_space_single AS single (partner_space_id, day, mails)
			VALUES (:partnerSpaceId, :day, :mails)
			ON CONFLICT (partner_space_id) DO UPDATE
			   SET day = excluded.day,
			       mails = CASE WHEN single.day = excluded.day THEN single.mails ELSE 0 END + excluded.mails
			RETURNING single.mails + coalesce((SELECT bulk.invited
			                                     FROM partner_space_bulk bulk
			                                    WHERE bulk.partner_space_id = single.partner_space_id
			                                      AND bulk.day = single.day), 0)
			""";

	private static final String OF_SINGLE = """
			SELECT mails
			  FROM partner_space_single
			 WHERE partner_space_id = :partnerSpaceId
			   AND day = :day
			""";

	private final DatabaseClient database;

	R2dbcAskedMails(DatabaseClient database) {
		this.database = database;
	}

	@Override
	public Mono<Long> addSingle(PartnerSpaceId id, LocalDate day, int mails) {
		return this.database.sql(ADD_SINGLE)
			.bind("partnerSpaceId", id.value())
			.bind("day", day)
			.bind("mails", (long) mails)
			.mapValue(Long.class)
			.one();
	}

	@Override
	public Mono<Long> ofSingle(PartnerSpaceId id, LocalDate day) {
		return this.database.sql(OF_SINGLE)
			.bind("partnerSpaceId", id.value())
			.bind("day", day)
			.mapValue(Long.class)
			.one()
			.defaultIfEmpty(0L);
	}

}
