package com.banqup.invitations.systemtests.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.banqup.invitations.devstack.Database;

/**
 * How long the statements of all databases took, by {@code pg_stat_statements}: those
 * within triggers and functions, too, so times of a statement that fires one are counted
 * twice. Keeping them costs PostgreSQL a few percent.
 */
final class StatementTimes {

	/** PostgreSQL needs them when it starts. */
	static final Map<String, String> SETTINGS = Map.of("shared_preload_libraries", "pg_stat_statements",
			"pg_stat_statements.track", "all", "pg_stat_statements.track_planning", "on", "track_io_timing", "on",
			"track_wal_io_timing", "on");

	private static final String TIMES = """
			SELECT datname, calls, rows, total_exec_time, total_plan_time, wal_bytes, wal_records, wal_fpi,
			       shared_blk_read_time + shared_blk_write_time AS io,
			       toplevel, regexp_replace(left(query, 400), '\s+', ' ', 'g') AS text
			  FROM pg_stat_statements JOIN pg_database ON pg_database.oid = dbid
			 ORDER BY total_exec_time + total_plan_time DESC
			 LIMIT 60
			""";

	/** Only a superuser sees what others do; that one is of this machine only. */
	private final String server;

	/**
	 * Creates it.
	 * @param database any of the server
	 */
	StatementTimes(Database database) {
		URI url = URI.create(database.jdbcUrl().substring("jdbc:".length()));
		this.server = "jdbc:postgresql://%s:%d/postgres?user=postgres".formatted(url.getHost(), url.getPort());
	}

	void forget() {
		run((statement) -> {
			statement.execute("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
			statement.execute("SELECT pg_stat_statements_reset()");
		});
	}

	/** The most expensive ones, since they were forgotten. */
	void write(Path file) {
		List<String> lines = new ArrayList<>();
		lines.add("%-12s %8s %9s %9s %8s %8s %9s %9s %7s  %s".formatted("database", "calls", "rows", "exec ms",
				"plan ms", "i/o ms", "wal kB", "wal recs", "wal fpi", "statement (* within another)"));
		run((statement) -> {
			try (ResultSet row = statement.executeQuery(TIMES)) {
				while (row.next()) {
					lines.add(String.format(Locale.ENGLISH, "%-12s %8d %9d %9.0f %8.0f %8.0f %9d %9d %7d  %s%s",
							row.getString("datname"), row.getLong("calls"), row.getLong("rows"),
							row.getDouble("total_exec_time"), row.getDouble("total_plan_time"), row.getDouble("io"),
							row.getLong("wal_bytes") / 1024, row.getLong("wal_records"), row.getLong("wal_fpi"),
							row.getBoolean("toplevel") ? "" : "* ", row.getString("text")));
				}
			}
		});
		try {
			Files.write(file, lines);
		}
		catch (IOException ex) {
			throw new BenchFailure("the statements' times cannot be kept: " + ex.getMessage(), ex);
		}
	}

	private void run(Work work) {
		try (Connection connection = DriverManager.getConnection(this.server);
				Statement statement = connection.createStatement()) {
			work.accept(statement);
		}
		catch (SQLException ex) {
			throw new BenchFailure("PostgreSQL does not tell its statements' times: " + ex.getMessage(), ex);
		}
	}

	/** Does something by a connection. */
	private interface Work {

		void accept(Statement statement) throws SQLException;

	}

}
