package com.banqup.invitations.api.batch.reading;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/** How an upload is written. */
enum UploadFormat {

	/** A JSON object a line. */
	NDJSON {
		@Override
		PieceReader reader(UploadProperties properties) {
			return new NdjsonReader(properties);
		}
	},

	/** Comma-separated values. */
	CSV {
		@Override
		PieceReader reader(UploadProperties properties) {
			return new CsvReader(properties);
		}
	},

	/** A JSON object that names clients. */
	JSON {
		@Override
		PieceReader reader(UploadProperties properties) {
			return new SelectionReader(properties);
		}
	};

	private static final String EXPECTED = " (expected: application/x-ndjson, text/csv or application/json)";

	/** What reads an upload that is written like that. */
	abstract PieceReader reader(UploadProperties properties);

	/**
	 * How an upload of this type is written.
	 * @throws UnsupportedUpload if the type is not read
	 * @throws InvalidUploadEncoding if it says that it is not UTF-8
	 */
	static UploadFormat of(@Nullable MediaType type) {
		if (type == null) {
			throw new UnsupportedUpload("Content-Type: missing" + EXPECTED);
		}
		UploadFormat format = switch (type.getType() + "/" + type.getSubtype()) {
			case "application/x-ndjson" -> NDJSON;
			case "text/csv" -> CSV;
			case "application/json" -> JSON;
			default -> throw new UnsupportedUpload("Content-Type: not one that is read" + EXPECTED);
		};
		requireUtf8(type);
		return format;
	}

	private static void requireUtf8(MediaType type) {
		Charset charset = type.getCharset();
		if (charset != null && !charset.equals(StandardCharsets.UTF_8) && !charset.equals(StandardCharsets.US_ASCII)) {
			throw new InvalidUploadEncoding("Content-Type: " + charset + " (expected: UTF-8)");
		}
	}

	/**
	 * Whether the upload is compressed with gzip.
	 * @throws UnsupportedUpload if it is compressed in another way
	 */
	static boolean isGzip(HttpHeaders headers) {
		String encoding = headers.getFirst(HttpHeaders.CONTENT_ENCODING);
		return switch ((encoding != null) ? encoding.strip().toLowerCase(Locale.ROOT) : "") {
			case "", "identity" -> false;
			case "gzip", "x-gzip" -> true;
			default -> throw new UnsupportedUpload("Content-Encoding: not one that is read (expected: gzip, or none)");
		};
	}

}
