package com.banqup.invitations.acceptance.consent.r2dbc;

import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.UUID;

import com.banqup.invitations.acceptance.consent.Consent;
import com.banqup.invitations.acceptance.consent.Consents;
import com.banqup.invitations.schemas.InviteeLanguage;
import com.banqup.invitations.schemas.Permission;
import io.r2dbc.spi.Readable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Repository;

@Repository
class R2dbcConsents implements Consents {

	private static final String RECORD = """
			INSERT INTO consent (id, invitation_id, generation, link_id, partner_space_id, partner_name,
			        business_space_id, account_id, permissions, language, text_version, text_hash, given_at)
			VALUES (:id, :invitationId, :generation, :linkId, :partnerSpaceId, :partnerName,
			        :businessSpaceId, :accountId, :permissions, :language, :textVersion, :textHash, :givenAt)
			""";

	private static final String FIND = """
			SELECT id, invitation_id, generation, link_id, partner_space_id, partner_name, business_space_id,
			       account_id, permissions, language, text_version, text_hash, given_at
			FROM consent WHERE invitation_id = :invitationId
			""";

	private final DatabaseClient database;

	R2dbcConsents(DatabaseClient database) {
		this.database = database;
	}

	@Override
	public Mono<Void> record(Consent consent) {
		return this.database.sql(RECORD)
			.bind("id", consent.id())
			.bind("invitationId", consent.invitationId())
			.bind("generation", consent.generation())
			.bind("linkId", consent.linkId())
			.bind("partnerSpaceId", consent.partnerSpaceId())
			.bind("partnerName", consent.partnerName())
			.bind("businessSpaceId", consent.businessSpaceId())
			.bind("accountId", consent.accountId())
			.bind("permissions", consent.permissions().stream().map(Permission::code).toArray(String[]::new))
			.bind("language", consent.language().code())
			.bind("textVersion", consent.textVersion())
			.bind("textHash", consent.textHash())
			.bind("givenAt", consent.givenAt())
			.then();
	}

	@Override
	public Mono<Consent> findByInvitation(UUID invitationId) {
		return this.database.sql(FIND).bind("invitationId", invitationId).map(R2dbcConsents::consent).one();
	}

	private static Consent consent(Readable row) {
		return new Consent(required(row, "id", UUID.class), required(row, "invitation_id", UUID.class),
				required(row, "generation", Integer.class), required(row, "link_id", UUID.class),
				required(row, "partner_space_id", UUID.class), required(row, "partner_name", String.class),
				required(row, "business_space_id", UUID.class), required(row, "account_id", UUID.class),
				Arrays.stream(required(row, "permissions", String[].class))
					.map((code) -> Permission.ofCode(code).orElseThrow())
					.toList(),
				InviteeLanguage.ofCode(required(row, "language", String.class)).orElseThrow(),
				required(row, "text_version", String.class), required(row, "text_hash", String.class),
				required(row, "given_at", Instant.class));
	}

	private static <T> T required(Readable row, String column, Class<T> type) {
		return Objects.requireNonNull(row.get(column, type), column);
	}

}
