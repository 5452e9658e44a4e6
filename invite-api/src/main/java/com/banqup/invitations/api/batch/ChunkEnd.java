package com.banqup.invitations.api.batch;

import java.util.function.Predicate;

import com.banqup.invitations.api.batch.BatchRow.NamedClient;

/**
 * Where a chunk ends: the same rows always make the same chunks. Not for more than one
 * upload.
 */
final class ChunkEnd implements Predicate<BatchRow> {

	private final BatchProperties properties;

	private int rows;

	private long characters;

	ChunkEnd(BatchProperties properties) {
		this.properties = properties;
	}

	@Override
	public boolean test(BatchRow row) {
		this.rows++;
		this.characters += characters(row);
		boolean ends = this.rows >= this.properties.chunkRows() || this.characters >= this.properties.chunkCharacters();
		if (ends) {
			this.rows = 0;
			this.characters = 0;
		}
		return ends;
	}

	/** What can be long. */
	private static int characters(BatchRow row) {
		return (row.content() instanceof NamedClient(var details, var message))
				? details.name().length() + ((message != null) ? message.length() : 0) : 0;
	}

}
