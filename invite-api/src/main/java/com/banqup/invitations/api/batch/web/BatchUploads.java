package com.banqup.invitations.api.batch.web;

import java.util.List;

import com.banqup.invitations.api.batch.BatchProperties;
import com.banqup.invitations.api.batch.BatchRow;
import com.banqup.invitations.api.batch.BatchUpload;
import com.banqup.invitations.api.batch.ReceiveBatch;
import com.banqup.invitations.api.batch.ReceivedBatch;
import com.banqup.invitations.api.batch.reading.Upload;
import com.banqup.invitations.api.batch.reading.UploadReader;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;

/** Takes the bodies of uploads. */
@Component
class BatchUploads {

	private final UploadReader reader;

	private final ReceiveBatch receiveBatch;

	private final int maxCorrections;

	BatchUploads(UploadReader reader, ReceiveBatch receiveBatch, BatchProperties properties) {
		this.reader = reader;
		this.receiveBatch = receiveBatch;
		this.maxCorrections = properties.corrections();
	}

	/** What the rows are written in. */
	static String format(HttpHeaders headers) {
		MediaType type = headers.getContentType();
		return (type != null) ? type.getType() + "/" + type.getSubtype() : "";
	}

	/** The batch, once all rows are stored. Errors as reading and receiving do. */
	Mono<ReceivedBatch> receive(BatchUpload upload, HttpHeaders headers, Flux<DataBuffer> body) {
		return this.receiveBatch.inSlot(upload,
				() -> this.reader.read(headers.getContentType(), headers, body, (content) -> receive(upload, content)));
	}

	/**
	 * The corrected rows that a request brings, none if it has no body. Errors as reading
	 * does, and with {@link TooManyCorrections}.
	 */
	Mono<List<BatchRow>> corrections(ServerHttpRequest request) {
		HttpHeaders headers = request.getHeaders();
		if (headers.getContentType() == null) {
			return Mono.just(List.of());
		}
		return this.reader.read(headers.getContentType(), headers, request.getBody(), this::corrections);
	}

	private Mono<List<BatchRow>> corrections(Upload content) {
		return switch (content) {
			case Upload.Rows rows -> rows.rows()
				.take(this.maxCorrections + 1L)
				.collectList()
				.filter((all) -> all.size() <= this.maxCorrections)
				.switchIfEmpty(Mono.error(() -> new TooManyCorrections(this.maxCorrections)));
			case Upload.Selection selection -> Mono.error(new UnsupportedMediaTypeStatusException("application/json"));
		};
	}

	private Mono<ReceivedBatch> receive(BatchUpload upload, Upload content) {
		return switch (content) {
			case Upload.Rows rows -> this.receiveBatch.receive(upload, rows.rows(), rows.ignoredColumns());
			case Upload.Selection selection -> this.receiveBatch.receive(upload, selection.clients());
		};
	}

}
