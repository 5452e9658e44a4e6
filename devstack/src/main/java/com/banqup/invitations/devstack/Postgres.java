package com.banqup.invitations.devstack;

/** A PostgreSQL server. */
public interface Postgres extends Part {

	/** Creates the database unless it is there. */
	Database createDatabase(String name);

	/** Creates a database that nobody else has, for one test class. */
	Database uniqueDatabase(String prefix);

}
