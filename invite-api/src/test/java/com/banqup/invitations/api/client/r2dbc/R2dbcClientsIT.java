package com.banqup.invitations.api.client.r2dbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;

import com.banqup.invitations.api.ApiIntegration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class R2dbcClientsIT extends ApiIntegration {

	private static final int MANY = 5_000;

	/**
	 * Its clients are none as far as statistics know, and any index that begins with the
	 * Partner Space would look as good: each row would be compared with all clients.
	 */
	@Test
	void looksUpAddressAndNameInAPartnerSpaceThatCameAfterTheLastAnalyze() throws SQLException {
		insertClients(UUID.randomUUID(), MANY);
		try (Connection connection = connection(); Statement statement = connection.createStatement()) {
			statement.execute("ANALYZE client");
		}

		List<String> plan = this.database.sql("EXPLAIN " + R2dbcClients.MATCH)
			.bind("partnerSpaceId", UUID.randomUUID())
			.bind("positions", new Integer[] { 0, 1 })
			.bind("externalReferences", new String[] { "K-1", null })
			.bind("addresses", new String[] { "one@client.example", "two@client.example" })
			.bind("names", new String[] { "one", "two" })
			.mapValue(String.class)
			.all()
			.collectList()
			.blockOptional()
			.orElseThrow();

		assertThat(plan).filteredOn((line) -> line.contains("Scan") && line.contains(" on client"))
			.satisfiesExactly((byReference) -> assertThat(byReference).contains("using client_external_reference"),
					(byAddress) -> assertThat(byAddress).contains("using client_address"));
		assertThat(String.join("\n", plan)).contains("(external_reference = probe.external_reference)")
			.contains("(lower(email_ascii) = probe.address) AND (split_part(");
	}

}
