package com.banqup.invitations.api.invitation.r2dbc;

import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import com.banqup.invitations.api.client.ClientId;
import com.banqup.invitations.api.id.NewIds;
import com.banqup.invitations.api.invitation.InvitationTerms;
import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import com.banqup.invitations.api.template.TemplateId;
import com.banqup.invitations.devstack.Database;
import com.banqup.invitations.devstack.Stack;
import com.banqup.invitations.schemas.InviteeLanguage;
import com.banqup.invitations.schemas.Permission;
import io.r2dbc.spi.Connection;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactory;
import io.r2dbc.spi.ConnectionFactoryOptions;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.connection.SingleConnectionFactory;
import org.springframework.r2dbc.core.DatabaseClient;

import static org.assertj.core.api.Assertions.assertThat;

/** On a database of its own, the first moment of which is what matters. */
class PlansOfSingleInvitationsIT {

	/** PostgreSQL plans anew for the first five executions, whatever comes. */
	private static final int EXECUTIONS = 7;

	private static final Pattern INDEX = Pattern.compile("Scan using (\\w+) on");

	private final Database created = Stack.shared().postgres().uniqueDatabase("plans");

	@Test
	void areMadeOnceAndAreRightForFullTablesThoughTheseWereEmpty() throws SQLException {
		Flyway.configure()
			.dataSource(this.created.jdbcUrl(), this.created.username(), this.created.password())
			.locations("classpath:db/migration")
			.load()
			.migrate();

		List<Prepared> statements = afterInvitations();

		assertThat(statements).hasSize(2)
			.allSatisfy((statement) -> assertThat(statement.plannedOnce()).isEqualTo(EXECUTIONS - 5));
		assertThat(genericPlan(statements.getFirst())).doesNotContain("Seq Scan")
			.satisfies((plan) -> assertThat(indexes(plan)).containsExactly("client_pkey", "invitation_of_client"));
		assertThat(genericPlan(statements.getLast())).doesNotContain("Seq Scan")
			.satisfies((plan) -> assertThat(indexes(plan)).containsExactly("client_pkey", "invitation_of_client"));
	}

	private List<Prepared> afterInvitations() {
		ConnectionFactory connections = ConnectionFactories.get(ConnectionFactoryOptions.parse(this.created.r2dbcUrl())
			.mutate()
			.option(ConnectionFactoryOptions.USER, this.created.username())
			.option(ConnectionFactoryOptions.PASSWORD, this.created.password())
			.build());
		Connection connection = Mono.from(connections.create()).blockOptional().orElseThrow();
		try {
			DatabaseClient database = DatabaseClient
				.create(new SingleConnectionFactory(connection, connections.getMetadata(), true));
			R2dbcInvitations invitations = new R2dbcInvitations(database, new NewIds(Clock.systemUTC()));
			for (int i = 0; i < EXECUTIONS; i++) {
				invitations.invite(terms(), List.of(new ClientId(UUID.randomUUID()))).block();
			}
			return prepared(database).blockOptional().orElseThrow();
		}
		finally {
			Mono.from(connection.close()).block();
		}
	}

	private static Mono<List<Prepared>> prepared(DatabaseClient database) {
		return database.sql("""
				SELECT statement, generic_plans
				  FROM pg_prepared_statements
				 WHERE statement LIKE 'WITH%'
				 ORDER BY prepare_time
				""")
			.map((row) -> new Prepared(String.valueOf(row.get("statement")),
					Long.parseLong(String.valueOf(row.get("generic_plans")))))
			.all()
			.collectList();
	}

	private static InvitationTerms terms() {
		return new InvitationTerms(new PartnerSpaceId(UUID.randomUUID()), new TemplateId(UUID.randomUUID()), "topic",
				null, InviteeLanguage.DUTCH, null, List.of(Permission.values()), 14, "user-1", Instant.now());
	}

	/** As the connection has kept it: tables are as empty as they were. */
	private String genericPlan(Prepared prepared) throws SQLException {
		String server = this.created.jdbcUrl() + (this.created.jdbcUrl().contains("?") ? "&" : "?")
				+ "preferQueryMode=simple";
		try (java.sql.Connection connection = DriverManager.getConnection(server, this.created.username(),
				this.created.password());
				Statement statement = connection.createStatement();
				ResultSet lines = statement.executeQuery("EXPLAIN (GENERIC_PLAN) " + prepared.text())) {
			StringBuilder plan = new StringBuilder();
			while (lines.next()) {
				plan.append(lines.getString(1)).append('\n');
			}
			return plan.toString();
		}
	}

	private static List<String> indexes(String plan) {
		return INDEX.matcher(plan).results().map((MatchResult result) -> result.group(1)).toList();
	}

	/**
	 * A statement as the connection has prepared it.
	 *
	 * @param text with numbered parameters
	 * @param plannedOnce how often it was executed by the plan that is kept
	 */
	private record Prepared(String text, long plannedOnce) {
	}

}
