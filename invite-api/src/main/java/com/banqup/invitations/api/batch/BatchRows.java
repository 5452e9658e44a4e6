package com.banqup.invitations.api.batch;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/** The rows of batches, as partners see them. */
public interface BatchRows {

	/**
	 * What became of the rows after a place, in their order, those that wait included.
	 * What was not decided when the batch ended is not known any more.
	 * @param state only of rows of this state, null for all
	 * @param limit how many at most; fewer come if there are no more
	 */
	Flux<ListedRow> list(BatchId id, @Nullable RowState state, RowPosition after, int limit);

}
