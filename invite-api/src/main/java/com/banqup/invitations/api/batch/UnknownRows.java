package com.banqup.invitations.api.batch;

import java.util.List;

/** Corrected rows that correct no row by which nobody was invited. */
public class UnknownRows extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient List<BatchRow> rows;

	UnknownRows(List<BatchRow> rows) {
		super(rows.size() + " rows correct none");
		this.rows = List.copyOf(rows);
	}

	/** The rows that correct none. */
	public List<BatchRow> rows() {
		return this.rows;
	}

}
