package com.banqup.invitations.api.client.r2dbc;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.banqup.invitations.api.client.Client;
import com.banqup.invitations.api.client.ClientDetails;
import com.banqup.invitations.api.client.ClientFilter;
import com.banqup.invitations.api.client.ClientId;
import com.banqup.invitations.api.client.ClientInvitation;
import com.banqup.invitations.api.client.ClientProbe;
import com.banqup.invitations.api.client.ClientSelection;
import com.banqup.invitations.api.client.ClientNotFound;
import com.banqup.invitations.api.client.ClientStatus;
import com.banqup.invitations.api.client.Clients;
import com.banqup.invitations.api.client.EmailAddress;
import com.banqup.invitations.api.client.ExternalReferenceTaken;
import com.banqup.invitations.api.client.ListedClient;
import com.banqup.invitations.api.database.Columns;
import com.banqup.invitations.api.paging.Page;
import com.banqup.invitations.api.paging.PageRequest;
import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import com.banqup.invitations.api.text.PlainText;
import com.banqup.invitations.schemas.InviteeLanguage;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Repository;

import static java.util.Objects.requireNonNull;

@Repository
class R2dbcClients implements Clients {

	private static final String COLUMNS = """
			client.id, client.partner_space_id, client.name, client.email, client.email_ascii, client.language,
			       client.external_reference, client.vat_number, client.country, client.status, client.created_at,
			       client.updated_at, client.active_since""";

	private static final String ADD = """
			INSERT INTO client (id, partner_space_id, name, email, email_ascii, language, external_reference,
			                    vat_number, country, status, search_text, created_at, updated_at)
			VALUES (:id, :partnerSpaceId, :name, :email, :emailAscii, :language, :externalReference,
			        :vatNumber, :country, 'INACTIVE', :searchText, :createdAt, :updatedAt)
			RETURNING %s
			""".formatted(COLUMNS);

	private static final String ADD_ALL = """
			INSERT INTO client (id, partner_space_id, name, email, email_ascii, language, external_reference,
			                    vat_number, country, status, search_text, created_at, updated_at)
			SELECT id, partner_space_id, name, email, email_ascii, language, external_reference,
			       vat_number, country, 'INACTIVE', search_text, at, at
			  FROM unnest(:ids::uuid[], :partnerSpaceIds::uuid[], :names::text[], :emails::text[], :emailsAscii::text[],
			              :languages::text[], :externalReferences::text[], :vatNumbers::text[], :countries::text[],
			              :searchTexts::text[], :at::timestamptz[])
			       AS new (id, partner_space_id, name, email, email_ascii, language, external_reference,
			               vat_number, country, search_text, at)
			""";

	/**
	 * The folded name is the first line of the search text. Limits keep the planner from
	 * joining in another way than row by row, which is what a Partner Space of a million
	 * clients needs.
	 */
	static final String MATCH = """
			SELECT probe.position, coalesce(referred.id, addressed.id) AS id
			  FROM unnest(:positions::int[], :externalReferences::text[], :addresses::text[], :names::text[])
			       AS probe (position, external_reference, address, name)
			  LEFT JOIN LATERAL (SELECT id
			                       FROM client
			                      WHERE client.partner_space_id = :partnerSpaceId
			                        AND client.external_reference = probe.external_reference
			                      LIMIT 1) referred ON true
			  LEFT JOIN LATERAL (SELECT id
			                       FROM client
			                      WHERE client.partner_space_id = :partnerSpaceId
			                        AND lower(client.email_ascii) = probe.address
			                        AND split_part(client.search_text, E'\\n', 1) = probe.name
			                        AND (probe.external_reference IS NULL OR client.external_reference IS NULL)
			                      ORDER BY id
			                      LIMIT 1) addressed ON referred.id IS NULL
			 WHERE coalesce(referred.id, addressed.id) IS NOT NULL
			""";

	private static final String SELECT = """
			SELECT client.id
			  FROM client
			 WHERE client.partner_space_id = :partnerSpaceId
			""";

	private static final String NEVER_INVITED = """
			   AND NOT EXISTS (SELECT FROM invitation WHERE invitation.client_id = client.id)
			""";

	private static final String LATEST_BY_TEMPLATE = """
			   AND :templateId = (SELECT template_id
			                        FROM invitation
			                       WHERE invitation.client_id = client.id
			                       ORDER BY invitation.id DESC
			                       LIMIT 1)
			""";

	private static final String UPDATE = """
			UPDATE client
			   SET name = :name,
			       email = :email,
			       email_ascii = :emailAscii,
			       language = :language,
			       external_reference = :externalReference,
			       vat_number = :vatNumber,
			       country = :country,
			       search_text = :searchText,
			       updated_at = :updatedAt
			 WHERE id = :id
			   AND partner_space_id = :partnerSpaceId
			RETURNING %s
			""".formatted(COLUMNS);

	private static final String UPDATE_ALL = """
			UPDATE client
			   SET name = changed.name,
			       email = changed.email,
			       email_ascii = changed.email_ascii,
			       language = changed.language,
			       external_reference = changed.external_reference,
			       vat_number = changed.vat_number,
			       country = changed.country,
			       search_text = changed.search_text,
			       updated_at = changed.at
			  FROM unnest(:ids::uuid[], :partnerSpaceIds::uuid[], :names::text[], :emails::text[], :emailsAscii::text[],
			              :languages::text[], :externalReferences::text[], :vatNumbers::text[], :countries::text[],
			              :searchTexts::text[], :at::timestamptz[])
			       AS changed (id, partner_space_id, name, email, email_ascii, language, external_reference,
			                   vat_number, country, search_text, at)
			 WHERE client.id = changed.id
			   AND client.partner_space_id = changed.partner_space_id
			""";

	private static final String FIND = """
			SELECT %s
			  FROM client
			 WHERE partner_space_id = :partnerSpaceId
			   AND id = ANY (:ids)
			""".formatted(COLUMNS);

	private static final String FIND_LOCKED = """
			SELECT %s
			  FROM client
			 WHERE partner_space_id = :partnerSpaceId
			   AND id = :id
			   FOR NO KEY UPDATE
			""".formatted(COLUMNS);

	private static final String LIST = """
			SELECT %s,
			       latest.id AS invitation_id,
			       CASE WHEN latest.state = 'PENDING' AND latest.expires_at <= :now THEN 'EXPIRED' ELSE latest.state END
			           AS invitation_state,
			       latest.generation, latest.delivery_state, latest.progress, latest.expires_at
			  FROM client
			  LEFT JOIN LATERAL (SELECT *
			                       FROM invitation
			                      WHERE invitation.client_id = client.id
			                      ORDER BY invitation.id DESC
			                      LIMIT 1) latest ON true
			 WHERE client.partner_space_id = :partnerSpaceId
			""".formatted(COLUMNS);

	private final DatabaseClient database;

	private final int selectionPage;

	R2dbcClients(DatabaseClient database, ClientProperties properties) {
		this.database = database;
		this.selectionPage = properties.selectionPage();
	}

	@Override
	public Mono<Client> add(Client client) {
		return bindDetails(this.database.sql(ADD), client).bind("createdAt", client.createdAt())
			.map(R2dbcClients::client)
			.one()
			.onErrorMap(DuplicateKeyException.class, (ex) -> new ExternalReferenceTaken(client.partnerSpaceId()));
	}

	@Override
	public Mono<Void> addAll(List<Client> clients) {
		return bindAll(ADD_ALL, clients, Client::createdAt);
	}

	@Override
	public Mono<Void> updateAll(List<Client> clients) {
		return bindAll(UPDATE_ALL, clients, Client::updatedAt);
	}

	private Mono<Void> bindAll(String sql, List<Client> clients, Function<Client, Instant> at) {
		Columns<Client> columns = new Columns<>(clients);
		return this.database.sql(sql)
			.bind("ids", columns.column((client) -> client.id().value(), UUID[]::new))
			.bind("partnerSpaceIds", columns.column((client) -> client.partnerSpaceId().value(), UUID[]::new))
			.bind("names", texts(columns, ClientDetails::name))
			.bind("emails", texts(columns, (details) -> details.email().given()))
			.bind("emailsAscii", texts(columns, (details) -> details.email().ascii()))
			.bind("languages", texts(columns, R2dbcClients::languageCode))
			.bind("externalReferences", texts(columns, ClientDetails::externalReference))
			.bind("vatNumbers", texts(columns, ClientDetails::vatNumber))
			.bind("countries", texts(columns, ClientDetails::country))
			.bind("searchTexts", texts(columns, R2dbcClients::searchText))
			.bind("at", columns.column(at, Instant[]::new))
			.then()
			.onErrorMap(DuplicateKeyException.class,
					(ex) -> new ExternalReferenceTaken(clients.getFirst().partnerSpaceId()));
	}

	@Override
	public Mono<Map<ClientProbe, ClientId>> match(PartnerSpaceId partnerSpaceId, Collection<ClientProbe> probes) {
		List<ClientProbe> asked = List.copyOf(probes);
		Columns<ClientProbe> columns = new Columns<>(asked);
		return this.database.sql(MATCH)
			.bind("partnerSpaceId", partnerSpaceId.value())
			.bind("positions", IntStream.range(0, asked.size()).boxed().toArray(Integer[]::new))
			.bind("externalReferences", columns.column(ClientProbe::externalReference, String[]::new))
			.bind("addresses", columns.column(ClientProbe::address, String[]::new))
			.bind("names", columns.column(ClientProbe::name, String[]::new))
			.map((row) -> Map.entry(asked.get(requireNonNull(row.get("position", Integer.class))),
					new ClientId(requireNonNull(row.get("id", UUID.class)))))
			.all()
			.collectMap(Map.Entry::getKey, Map.Entry::getValue);
	}

	@Override
	public Flux<ClientId> select(PartnerSpaceId partnerSpaceId, ClientSelection selection) {
		return selected(partnerSpaceId, selection, null).expand((page) -> (page.size() < this.selectionPage)
				? Mono.empty() : selected(partnerSpaceId, selection, page.getLast()))
			.concatMapIterable((page) -> page, 1);
	}

	private Mono<List<ClientId>> selected(PartnerSpaceId partnerSpaceId, ClientSelection selection,
			@Nullable ClientId after) {
		StringBuilder sql = new StringBuilder(SELECT);
		Map<String, Object> values = new HashMap<>();
		values.put("partnerSpaceId", partnerSpaceId.value());
		if (selection.status() != null) {
			sql.append("   AND client.status = :status\n");
			values.put("status", selection.status().name());
		}
		if (selection.neverInvited()) {
			sql.append(NEVER_INVITED);
		}
		if (selection.createdBefore() != null) {
			sql.append("   AND client.created_at < :createdBefore\n");
			values.put("createdBefore", selection.createdBefore());
		}
		if (selection.templateId() != null) {
			sql.append(LATEST_BY_TEMPLATE);
			values.put("templateId", selection.templateId());
		}
		if (selection.search() != null) {
			sql.append("   AND client.search_text LIKE :search\n");
			values.put("search", PlainText.likePattern(selection.search()));
		}
		if (after != null) {
			sql.append("   AND client.id > :after\n");
			values.put("after", after.value());
		}
		return this.database.sql(sql.append(" ORDER BY client.id\n LIMIT " + this.selectionPage).toString())
			.bindValues(values)
			.mapValue(UUID.class)
			.all()
			.map(ClientId::new)
			.collectList();
	}

	private static @Nullable String[] texts(Columns<Client> clients, Function<ClientDetails, @Nullable String> text) {
		return clients.column((client) -> text.apply(client.details()), String[]::new);
	}

	private static @Nullable String languageCode(ClientDetails details) {
		return (details.language() != null) ? details.language().code() : null;
	}

	@Override
	public Mono<Client> update(Client client) {
		return bindDetails(this.database.sql(UPDATE), client).map(R2dbcClients::client)
			.one()
			.onErrorMap(DuplicateKeyException.class, (ex) -> new ExternalReferenceTaken(client.partnerSpaceId()));
	}

	@Override
	public Flux<Client> find(PartnerSpaceId partnerSpaceId, Collection<ClientId> ids) {
		return this.database.sql(FIND)
			.bind("partnerSpaceId", partnerSpaceId.value())
			.bind("ids", ids.stream().map(ClientId::value).toArray(UUID[]::new))
			.map(R2dbcClients::client)
			.all();
	}

	@Override
	public Mono<ListedClient> require(PartnerSpaceId partnerSpaceId, ClientId id, Instant now) {
		return this.database.sql(LIST + "   AND client.id = :id")
			.bind("partnerSpaceId", partnerSpaceId.value())
			.bind("now", now)
			.bind("id", id.value())
			.map(R2dbcClients::listedClient)
			.one()
			.switchIfEmpty(Mono.error(() -> new ClientNotFound(id)));
	}

	@Override
	public Mono<Client> requireLocked(PartnerSpaceId partnerSpaceId, ClientId id) {
		return this.database.sql(FIND_LOCKED)
			.bind("partnerSpaceId", partnerSpaceId.value())
			.bind("id", id.value())
			.map(R2dbcClients::client)
			.one()
			.switchIfEmpty(Mono.error(() -> new ClientNotFound(id)));
	}

	@Override
	public Mono<Page<ListedClient>> list(PartnerSpaceId partnerSpaceId, ClientFilter filter, PageRequest page,
			Instant now) {
		StringBuilder sql = new StringBuilder(LIST);
		if (filter.status() != null) {
			sql.append("   AND client.status = :status\n");
		}
		if (filter.search() != null) {
			sql.append("   AND client.search_text LIKE :search\n");
		}
		if (page.cursor() != null) {
			sql.append("   AND client.id < :after\n");
		}
		sql.append(" ORDER BY client.id DESC\n LIMIT :rows");
		GenericExecuteSpec query = this.database.sql(sql.toString())
			.bind("partnerSpaceId", partnerSpaceId.value())
			.bind("now", now)
			.bind("rows", page.limit() + 1);
		if (filter.status() != null) {
			query = query.bind("status", filter.status().name());
		}
		if (filter.search() != null) {
			query = query.bind("search", PlainText.likePattern(filter.search()));
		}
		if (page.cursor() != null) {
			query = query.bind("after", page.cursor().after());
		}
		return query.map(R2dbcClients::listedClient)
			.all()
			.collectList()
			.map((rows) -> Page.of(rows, page.limit(), (row) -> row.client().id().value()));
	}

	private static GenericExecuteSpec bindDetails(GenericExecuteSpec statement, Client client) {
		ClientDetails details = client.details();
		return statement.bind("id", client.id().value())
			.bind("partnerSpaceId", client.partnerSpaceId().value())
			.bind("name", details.name())
			.bind("email", details.email().given())
			.bind("emailAscii", details.email().ascii())
			.bind("language", text(languageCode(details)))
			.bind("externalReference", text(details.externalReference()))
			.bind("vatNumber", text(details.vatNumber()))
			.bind("country", text(details.country()))
			.bind("searchText", searchText(details))
			.bind("updatedAt", client.updatedAt());
	}

	private static Object text(@Nullable String value) {
		return Parameters.in(R2dbcType.VARCHAR, value);
	}

	private static String searchText(ClientDetails details) {
		return Stream.of(details.name(), details.email().given(), details.email().ascii(), details.externalReference())
			.filter(Objects::nonNull)
			.map(PlainText::folded)
			.distinct()
			.collect(Collectors.joining("\n"));
	}

	private static ListedClient listedClient(Readable row) {
		UUID invitationId = row.get("invitation_id", UUID.class);
		return new ListedClient(client(row), (invitationId != null) ? invitation(invitationId, row) : null);
	}

	private static ClientInvitation invitation(UUID id, Readable row) {
		return new ClientInvitation(id, requireNonNull(row.get("invitation_state", String.class)),
				requireNonNull(row.get("generation", Integer.class)),
				requireNonNull(row.get("delivery_state", String.class)),
				requireNonNull(row.get("progress", String.class)),
				requireNonNull(row.get("expires_at", Instant.class)));
	}

	private static Client client(Readable row) {
		String language = row.get("language", String.class);
		ClientDetails details = new ClientDetails(requireNonNull(row.get("name", String.class)),
				new EmailAddress(requireNonNull(row.get("email", String.class)),
						requireNonNull(row.get("email_ascii", String.class))),
				(language != null) ? InviteeLanguage.ofCode(language).orElseThrow() : null,
				row.get("external_reference", String.class), row.get("vat_number", String.class),
				row.get("country", String.class));
		return new Client(new ClientId(requireNonNull(row.get("id", UUID.class))),
				new PartnerSpaceId(requireNonNull(row.get("partner_space_id", UUID.class))), details,
				ClientStatus.valueOf(requireNonNull(row.get("status", String.class))),
				requireNonNull(row.get("created_at", Instant.class)),
				requireNonNull(row.get("updated_at", Instant.class)), row.get("active_since", Instant.class));
	}

}
