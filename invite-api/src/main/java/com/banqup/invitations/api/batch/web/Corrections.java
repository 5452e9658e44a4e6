package com.banqup.invitations.api.batch.web;

import java.util.ArrayList;
import java.util.List;

import com.banqup.invitations.api.batch.BatchProperties;
import com.banqup.invitations.api.batch.BatchRow;

/** The corrected rows of a request, which are held all at once. */
final class Corrections {

	private final BatchProperties properties;

	private final List<BatchRow> rows = new ArrayList<>();

	private long characters;

	Corrections(BatchProperties properties) {
		this.properties = properties;
	}

	/**
	 * One more.
	 * @throws TooManyCorrections beyond what one request can bring
	 */
	void add(BatchRow row) {
		this.characters += row.characters();
		if (this.rows.size() >= this.properties.corrections()) {
			throw new TooManyCorrections(this.properties.corrections() + " corrected rows", row);
		}
		if (this.characters > this.properties.correctionCharacters()) {
			throw new TooManyCorrections(
					this.properties.correctionCharacters() + " characters of names and messages in corrected rows",
					row);
		}
		this.rows.add(row);
	}

	List<BatchRow> rows() {
		return List.copyOf(this.rows);
	}

}
