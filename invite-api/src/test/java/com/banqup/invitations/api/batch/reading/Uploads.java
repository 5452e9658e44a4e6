package com.banqup.invitations.api.batch.reading;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.banqup.invitations.api.batch.BatchRow;
import com.banqup.invitations.api.batch.BatchRow.NamedClient;
import com.banqup.invitations.api.batch.BatchRow.Unusable;
import com.banqup.invitations.api.batch.RowReason;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.util.unit.DataSize;

/** Uploads of tests. */
final class Uploads {

	static final UploadProperties PROPERTIES = new UploadProperties(1_000_000, DataSize.ofMegabytes(512),
			DataSize.ofKilobytes(64), Duration.ofSeconds(30), DataSize.ofKilobytes(1), Duration.ofHours(1), 1);

	static final MediaType NDJSON = MediaType.APPLICATION_NDJSON;

	static final MediaType CSV = MediaType.parseMediaType("text/csv");

	static final MediaType JSON = MediaType.APPLICATION_JSON;

	private Uploads() {
	}

	/** Reads all rows at once. */
	static List<BatchRow> rows(MediaType type, String text) {
		return rows(type, bytes(text));
	}

	static List<BatchRow> rows(MediaType type, byte[]... pieces) {
		return rows(PROPERTIES, type, pieces);
	}

	static List<BatchRow> rows(UploadProperties properties, MediaType type, byte[]... pieces) {
		return read(properties, type, pieces).rows();
	}

	static Read read(MediaType type, String text) {
		return read(PROPERTIES, type, bytes(text));
	}

	static Read read(UploadProperties properties, MediaType type, byte[]... pieces) {
		return read(properties, type, new HttpHeaders(), pieces);
	}

	static Read read(UploadProperties properties, MediaType type, HttpHeaders headers, byte[]... pieces) {
		Read read = new UploadReader(properties, Schedulers.immediate())
			.read(type, headers, buffers(pieces), Uploads::collect)
			.block();
		if (read == null) {
			throw new AssertionError("nothing was read");
		}
		return read;
	}

	private static Mono<Read> collect(Upload upload) {
		return switch (upload) {
			case Upload.Rows rows -> rows.rows().collectList().map((all) -> new Read(all, rows.ignoredColumns()));
			case Upload.Selection selection -> Mono.error(new AssertionError("no rows: " + selection));
		};
	}

	static Flux<DataBuffer> buffers(byte[]... pieces) {
		return Flux.fromArray(pieces).map(DefaultDataBufferFactory.sharedInstance::wrap);
	}

	static DataBuffer buffer(String text) {
		return DefaultDataBufferFactory.sharedInstance.wrap(bytes(text));
	}

	static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	/** These bytes in pieces of this length. */
	static byte[][] cut(byte[] bytes, int length) {
		List<byte[]> pieces = new ArrayList<>();
		for (int from = 0; from < bytes.length; from += length) {
			pieces.add(java.util.Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + length)));
		}
		return pieces.toArray(byte[][]::new);
	}

	static NamedClient client(BatchRow row) {
		return (NamedClient) row.content();
	}

	static String name(BatchRow row) {
		return client(row).details().name();
	}

	static RowReason reason(BatchRow row) {
		return ((Unusable) row.content()).reason();
	}

	static String detail(BatchRow row) {
		return ((Unusable) row.content()).detail();
	}

	/** The row at a glance: its line, and its name or what is wrong with it. */
	static String glance(BatchRow row) {
		return row.line() + " " + ((row.content() instanceof NamedClient client) ? client.details().name()
				: (row.content() instanceof Unusable unusable) ? unusable.reason().code() : "known");
	}

	record Read(List<BatchRow> rows, List<String> ignoredColumns) {
	}

}
