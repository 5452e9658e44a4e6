package com.banqup.invitations.api.batch;

import java.util.function.Predicate;

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
		this.characters += row.characters();
		boolean ends = this.rows >= this.properties.chunkRows() || this.characters >= this.properties.chunkCharacters();
		if (ends) {
			this.rows = 0;
			this.characters = 0;
		}
		return ends;
	}

}
