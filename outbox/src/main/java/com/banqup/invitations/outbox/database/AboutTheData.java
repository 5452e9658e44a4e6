package com.banqup.invitations.outbox.database;

import java.util.Set;

import io.r2dbc.spi.R2dbcException;

/**
 * Tells failures that are in the data, which the same again would meet again, from those
 * that pass: a column or table that is not there yet, a pooler that knows no statement, a
 * missing grant. The kind of exception does not tell, as the driver has one for "bad
 * grammar" and takes half of all SQL states for it.
 */
public final class AboutTheData {

	/** Cardinality, data, integrity constraint, triggered data change. */
	private static final Set<String> CLASSES = Set.of("21", "22", "23", "27");

	private AboutTheData() {
	}

	/**
	 * Whether the database refused what it was given, by the class of the SQL state (ISO
	 * 9075). The first cause that has a state decides; without one it is no refusal.
	 */
	public static boolean is(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof R2dbcException refusal && refusal.getSqlState() != null) {
				return isAboutTheData(refusal.getSqlState());
			}
		}
		return false;
	}

	private static boolean isAboutTheData(String sqlState) {
		return sqlState.length() == 5 && CLASSES.contains(sqlState.substring(0, 2));
	}

}
