package com.banqup.invitations.api.batch.web;

import java.nio.charset.StandardCharsets;
import java.util.List;

import com.banqup.invitations.api.batch.BatchId;
import com.banqup.invitations.api.batch.BatchProperties;
import com.banqup.invitations.api.batch.BatchRows;
import com.banqup.invitations.api.batch.ListedRow;
import com.banqup.invitations.api.batch.RowPosition;
import com.banqup.invitations.api.batch.RowState;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferFactory;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.stereotype.Component;

/** All rows of a batch as a file, read as fast as the caller takes it. */
@Component
class RowExport {

	private static final DataBufferFactory BUFFERS = DefaultDataBufferFactory.sharedInstance;

	private final BatchRows rows;

	private final JsonMapper json;

	private final int pageSize;

	RowExport(BatchRows rows, JsonMapper json, BatchProperties properties) {
		this.rows = rows;
		this.json = json;
		this.pageSize = properties.exportPage();
	}

	/** One JSON object a line. */
	Flux<DataBuffer> ndjson(BatchId id, @Nullable RowState state) {
		return pages(id, state).map((rows) -> {
			DataBuffer lines = BUFFERS.allocateBuffer(200 * rows.size());
			for (ListedRow row : rows) {
				lines.write(this.json.writeValueAsBytes(RowView.of(row))).write((byte) '\n');
			}
			return lines;
		});
	}

	/**
	 * RFC 4180 with a header, in UTF-8 with a byte order mark, which spreadsheets need.
	 */
	Flux<DataBuffer> csv(BatchId id, @Nullable RowState state) {
		return Flux.concat(Flux.just(buffer(RowCsv.HEADER)),
				pages(id, state).map(RowCsv::lines).map(RowExport::buffer));
	}

	private Flux<List<ListedRow>> pages(BatchId id, @Nullable RowState state) {
		return page(id, state, RowPosition.START).expand(
				(rows) -> (rows.size() < this.pageSize) ? Flux.empty() : page(id, state, rows.getLast().position()));
	}

	private Flux<List<ListedRow>> page(BatchId id, @Nullable RowState state, RowPosition after) {
		return this.rows.list(id, state, after, this.pageSize).collectList().filter((rows) -> !rows.isEmpty()).flux();
	}

	private static DataBuffer buffer(String text) {
		return BUFFERS.wrap(text.getBytes(StandardCharsets.UTF_8));
	}

}
