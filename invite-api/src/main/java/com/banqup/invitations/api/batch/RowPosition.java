package com.banqup.invitations.api.batch;

/**
 * A place in the list of a batch's rows.
 *
 * @param row after this row
 * @param chunk the chunk in which that row waited when it was listed, so that it need not
 * be searched for; 0 if it was decided
 */
public record RowPosition(int row, int chunk) {

	/** Before all rows. */
	public static final RowPosition START = new RowPosition(0, 0);

}
