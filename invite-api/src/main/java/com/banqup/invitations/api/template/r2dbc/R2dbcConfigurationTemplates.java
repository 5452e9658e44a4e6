package com.banqup.invitations.api.template.r2dbc;

import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;

import com.banqup.invitations.api.paging.Page;
import com.banqup.invitations.api.paging.PageRequest;
import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import com.banqup.invitations.api.template.ConfigurationTemplate;
import com.banqup.invitations.api.template.ConfigurationTemplates;
import com.banqup.invitations.api.template.TemplateDetails;
import com.banqup.invitations.api.template.TemplateId;
import com.banqup.invitations.api.template.TemplateNotFound;
import com.banqup.invitations.schemas.InviteeLanguage;
import com.banqup.invitations.schemas.Permission;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Repository;

import static java.util.Objects.requireNonNull;

@Repository
class R2dbcConfigurationTemplates implements ConfigurationTemplates {

	private static final String COLUMNS = """
			id, partner_space_id, name, language, message, expires_in_days, permissions, created_at, updated_at""";

	private static final String ADD = """
			INSERT INTO configuration_template (id, partner_space_id, name, language, message, expires_in_days,
			                                    permissions, created_at, updated_at)
			VALUES (:id, :partnerSpaceId, :name, :language, :message, :expiresInDays, :permissions, :createdAt, :updatedAt)
			RETURNING %s
			"""
		.formatted(COLUMNS);

	private static final String UPDATE = """
			UPDATE configuration_template
			   SET name = :name,
			       language = :language,
			       message = :message,
			       expires_in_days = :expiresInDays,
			       permissions = :permissions,
			       updated_at = :updatedAt
			 WHERE id = :id
			   AND partner_space_id = :partnerSpaceId
			RETURNING %s
			""".formatted(COLUMNS);

	private static final String FIND = """
			SELECT %s
			  FROM configuration_template
			 WHERE partner_space_id = :partnerSpaceId
			   AND id = :id
			""".formatted(COLUMNS);

	private static final String FIND_LOCKED = FIND + "FOR NO KEY UPDATE";

	private static final String LIST = """
			SELECT %s
			  FROM configuration_template
			 WHERE partner_space_id = :partnerSpaceId
			   AND id < :after
			 ORDER BY id DESC
			 LIMIT :rows
			""".formatted(COLUMNS);

	/** Sorts after every id. */
	private static final UUID BEFORE_THE_FIRST = new UUID(-1, -1);

	private final DatabaseClient database;

	R2dbcConfigurationTemplates(DatabaseClient database) {
		this.database = database;
	}

	@Override
	public Mono<ConfigurationTemplate> add(ConfigurationTemplate template) {
		return bindDetails(this.database.sql(ADD), template).bind("createdAt", template.createdAt())
			.map(R2dbcConfigurationTemplates::template)
			.one();
	}

	@Override
	public Mono<ConfigurationTemplate> update(ConfigurationTemplate template) {
		return bindDetails(this.database.sql(UPDATE), template).map(R2dbcConfigurationTemplates::template).one();
	}

	@Override
	public Mono<ConfigurationTemplate> require(PartnerSpaceId partnerSpaceId, TemplateId id) {
		return require(FIND, partnerSpaceId, id);
	}

	@Override
	public Mono<ConfigurationTemplate> requireLocked(PartnerSpaceId partnerSpaceId, TemplateId id) {
		return require(FIND_LOCKED, partnerSpaceId, id);
	}

	private Mono<ConfigurationTemplate> require(String sql, PartnerSpaceId partnerSpaceId, TemplateId id) {
		return this.database.sql(sql)
			.bind("partnerSpaceId", partnerSpaceId.value())
			.bind("id", id.value())
			.map(R2dbcConfigurationTemplates::template)
			.one()
			.switchIfEmpty(Mono.error(() -> new TemplateNotFound(id)));
	}

	@Override
	public Mono<Page<ConfigurationTemplate>> list(PartnerSpaceId partnerSpaceId, PageRequest page) {
		return this.database.sql(LIST)
			.bind("partnerSpaceId", partnerSpaceId.value())
			.bind("after", (page.cursor() != null) ? page.cursor().after() : BEFORE_THE_FIRST)
			.bind("rows", page.limit() + 1)
			.map(R2dbcConfigurationTemplates::template)
			.all()
			.collectList()
			.map((rows) -> Page.of(rows, page.limit(), (template) -> template.id().value()));
	}

	private static GenericExecuteSpec bindDetails(GenericExecuteSpec statement, ConfigurationTemplate template) {
		TemplateDetails details = template.details();
		return statement.bind("id", template.id().value())
			.bind("partnerSpaceId", template.partnerSpaceId().value())
			.bind("name", details.name())
			.bind("language", details.language().code())
			.bind("message", Parameters.in(R2dbcType.VARCHAR, details.message()))
			.bind("expiresInDays", details.expiresInDays())
			.bind("permissions", details.permissions().stream().map(Permission::code).toArray(String[]::new))
			.bind("updatedAt", template.updatedAt());
	}

	private static ConfigurationTemplate template(Readable row) {
		TemplateDetails details = new TemplateDetails(requireNonNull(row.get("name", String.class)),
				InviteeLanguage.ofCode(requireNonNull(row.get("language", String.class))).orElseThrow(),
				row.get("message", String.class), requireNonNull(row.get("expires_in_days", Integer.class)),
				Arrays.stream(requireNonNull(row.get("permissions", String[].class)))
					.map((code) -> Permission.ofCode(code).orElseThrow())
					.toList());
		return new ConfigurationTemplate(new TemplateId(requireNonNull(row.get("id", UUID.class))),
				new PartnerSpaceId(requireNonNull(row.get("partner_space_id", UUID.class))), details,
				requireNonNull(row.get("created_at", Instant.class)),
				requireNonNull(row.get("updated_at", Instant.class)));
	}

}
