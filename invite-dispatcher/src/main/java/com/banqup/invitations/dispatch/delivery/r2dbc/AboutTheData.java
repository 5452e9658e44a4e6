package com.banqup.invitations.dispatch.delivery.r2dbc;

import java.util.Set;

import io.r2dbc.spi.R2dbcException;

/**
 * Tells failures that are in the data, which the same again would meet again, from those
 * that pass: a column or table that is not there yet, a pooler that knows no statement, a
 * missing grant. The kind of exception does not tell, as the driver has one for "bad
 * grammar" and takes half of all SQL states for it.
 */
final class AboutTheData {

	/** Cardinality, data, integrity constraint, triggered data change. */
	private static final Set<String> CLASSES = Set.of("21", "22", "23", "27");

	private AboutTheData() {
	}

	static boolean is(Throwable ex) {
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			if (cause instanceof R2dbcException refusal) {
				String state = refusal.getSqlState();
				return state != null && state.length() == 5 && CLASSES.contains(state.substring(0, 2));
			}
		}
		return false;
	}

}
