package com.banqup.invitations.api.batch.reading;

import java.util.List;

import com.banqup.invitations.api.batch.BatchRow;
import com.banqup.invitations.api.client.ClientSelection;
import reactor.core.publisher.Flux;

/** What somebody uploads. */
public sealed interface Upload {

	/**
	 * Rows, at least one.
	 *
	 * @param rows in their order, made as they are asked for; to be subscribed to once.
	 * Errors with an {@link UploadRefused} that says where; the rows before may all be
	 * taken.
	 * @param ignoredColumns the columns of a CSV file that mean nothing here
	 */
	record Rows(Flux<BatchRow> rows, List<String> ignoredColumns) implements Upload {
	}

	/**
	 * The description of clients that are in the Partner Space already.
	 *
	 * @param clients which ones
	 */
	record Selection(ClientSelection clients) implements Upload {
	}

}
