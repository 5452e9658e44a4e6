package com.banqup.invitations.api.batch.web;

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
import org.springframework.stereotype.Component;

/** Takes the bodies of uploads. */
@Component
class BatchUploads {

	private final UploadReader reader;

	private final ReceiveBatch receiveBatch;

	BatchUploads(UploadReader reader, ReceiveBatch receiveBatch) {
		this.reader = reader;
		this.receiveBatch = receiveBatch;
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

	private Mono<ReceivedBatch> receive(BatchUpload upload, Upload content) {
		return switch (content) {
			case Upload.Rows rows -> this.receiveBatch.receive(upload, rows.rows(), rows.ignoredColumns());
			case Upload.Selection selection -> this.receiveBatch.receive(upload, selection.clients());
		};
	}

}
