package com.banqup.invitations.cli.upload;

import java.util.Locale;
import java.util.Optional;

/** What a file is written in. */
public enum RowFormat {

	CSV("text/csv"), NDJSON("application/x-ndjson"),
	/** No rows but a JSON object that names clients who are there already. */
	JSON("application/json");

	private final String mediaType;

	RowFormat(String mediaType) {
		this.mediaType = mediaType;
	}

	/** By the file's name, {@code .gz} at its end aside. */
	public static Optional<RowFormat> ofName(String fileName) {
		String name = fileName.toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
		return switch (name.substring(name.lastIndexOf('.') + 1)) {
			case "csv" -> Optional.of(CSV);
			case "ndjson", "jsonl" -> Optional.of(NDJSON);
			case "json" -> Optional.of(JSON);
			default -> Optional.empty();
		};
	}

	public String mediaType() {
		return this.mediaType;
	}

}
