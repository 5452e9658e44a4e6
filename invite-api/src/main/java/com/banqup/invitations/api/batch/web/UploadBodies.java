package com.banqup.invitations.api.batch.web;

import java.util.List;
import java.util.function.Function;

import com.banqup.invitations.api.batch.BatchProperties;
import com.banqup.invitations.api.batch.BatchRow;
import com.banqup.invitations.api.batch.BatchUpload;
import com.banqup.invitations.api.batch.ReceiveBatch;
import com.banqup.invitations.api.batch.ReceivedBatch;
import com.banqup.invitations.api.batch.RetryBatch;
import com.banqup.invitations.api.batch.reading.Upload;
import com.banqup.invitations.api.batch.reading.UploadReader;
import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.stereotype.Component;
import org.springframework.web.server.UnsupportedMediaTypeStatusException;

/** Takes the bodies of uploads. */
@Component
class UploadBodies {

	/** What corrected rows can be written in: clients by their ids correct no row. */
	private static final List<MediaType> CORRECTIONS = List.of(MediaType.APPLICATION_NDJSON,
			MediaType.parseMediaType("text/csv"));

	private final UploadReader reader;

	private final ReceiveBatch receiveBatch;

	private final RetryBatch retryBatch;

	private final BatchProperties properties;

	UploadBodies(UploadReader reader, ReceiveBatch receiveBatch, RetryBatch retryBatch, BatchProperties properties) {
		this.reader = reader;
		this.receiveBatch = receiveBatch;
		this.retryBatch = retryBatch;
		this.properties = properties;
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
	 * What is made of the corrected rows that a request brings; there are none if it has
	 * no body, whatever it says of it: many clients call every body JSON, those that are
	 * not there, too. A body has to say what it is, and a file of corrections has to have
	 * some: nobody who sends one wants everything to be tried again as it is. Errors as
	 * reading and the use do, with
	 * {@link com.banqup.invitations.api.batch.TooManyUploads}, {@link TooManyCorrections}
	 * and {@link UnsupportedMediaTypeStatusException}.
	 */
	<T> Mono<T> correct(PartnerSpaceId partnerSpaceId, ServerHttpRequest request,
			Function<List<BatchRow>, Mono<T>> use) {
		HttpHeaders headers = request.getHeaders();
		MediaType type = contentType(headers);
		if (type != null && CORRECTIONS.stream().anyMatch(type::equalsTypeAndSubtype)) {
			return this.retryBatch.inSlot(partnerSpaceId,
					() -> this.reader.read(type, headers, request.getBody(), this::corrections).flatMap(use));
		}
		return hasBody(headers) ? Mono.error(() -> new UnsupportedMediaTypeStatusException(type, CORRECTIONS))
				: use.apply(List.of());
	}

	private static @Nullable MediaType contentType(HttpHeaders headers) {
		try {
			return headers.getContentType();
		}
		catch (InvalidMediaTypeException ex) {
			throw new UnsupportedMediaTypeStatusException(ex.getMessage(), CORRECTIONS);
		}
	}

	private static boolean hasBody(HttpHeaders headers) {
		return headers.getContentLength() > 0 || headers.containsHeader(HttpHeaders.TRANSFER_ENCODING);
	}

	private Mono<List<BatchRow>> corrections(Upload content) {
		return switch (content) {
			case Upload.Rows rows ->
				rows.rows().collect(() -> new Corrections(this.properties), Corrections::add).map(Corrections::rows);
			case Upload.Selection selection -> throw new IllegalStateException("no rows");
		};
	}

	private Mono<ReceivedBatch> receive(BatchUpload upload, Upload content) {
		return switch (content) {
			case Upload.Rows rows -> this.receiveBatch.receive(upload, rows.rows(), rows.ignoredColumns());
			case Upload.Selection selection -> this.receiveBatch.receive(upload, selection.clients());
		};
	}

}
