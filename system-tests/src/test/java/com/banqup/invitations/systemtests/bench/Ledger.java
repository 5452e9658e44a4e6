package com.banqup.invitations.systemtests.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

import com.banqup.invitations.devstack.Database;

/**
 * What the dispatcher has written down.
 *
 * @param database the dispatcher's
 */
record Ledger(Database database) {

	/** Whether nothing is being written any more, for those either who are gone. */
	boolean isStill() {
		return count("select count(*) from pg_stat_activity where datname = current_database() "
				+ "and pid <> pg_backend_pid() and backend_type = 'client backend' and state <> 'idle'") == 0;
	}

	/** How many mails of the Partner Space were sent, as far as it knows. */
	long sent(String partnerSpaceId) {
		return count("select count(*) from deliveries where state = 'SENT' and partner_space_id = ?",
				UUID.fromString(partnerSpaceId));
	}

	private long count(String sql, Object... parameters) {
		try (Connection connection = DriverManager.getConnection(this.database.jdbcUrl(), this.database.username(),
				this.database.password()); PreparedStatement statement = connection.prepareStatement(sql)) {
			for (int i = 0; i < parameters.length; i++) {
				statement.setObject(i + 1, parameters[i]);
			}
			try (ResultSet result = statement.executeQuery()) {
				result.next();
				return result.getLong(1);
			}
		}
		catch (SQLException ex) {
			throw new BenchFailure("the dispatcher's ledger cannot be read: " + ex.getMessage(), ex);
		}
	}

}
