package com.banqup.invitations.api.batch.r2dbc;

import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

import com.banqup.invitations.api.batch.BatchEnded;
import com.banqup.invitations.api.batch.BatchFailure;
import com.banqup.invitations.api.batch.BatchId;
import com.banqup.invitations.api.batch.BatchUpload;
import com.banqup.invitations.api.batch.BatchUploads;
import com.banqup.invitations.api.batch.BatchUploads.Taken;
import com.banqup.invitations.api.batch.InvitationBatch;
import com.banqup.invitations.api.batch.RowChunk;
import com.banqup.invitations.api.batch.UploadDiffers;
import com.banqup.invitations.api.batch.UploadSuperseded;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.R2dbcType;
import io.r2dbc.spi.Readable;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.r2dbc.core.DatabaseClient.GenericExecuteSpec;
import org.springframework.stereotype.Repository;

import static java.util.Objects.requireNonNull;

/**
 * Every statement is guarded by the upload that holds the batch: one that another upload
 * took it over from changes nothing any more.
 */
@Repository
class R2dbcBatchUploads implements BatchUploads {

	private static final String TAKE_OVER = """
			UPDATE invitation_batch batch
			   SET upload_id = CASE WHEN state = 'RECEIVING'
			                         AND template_id = :templateId
			                         AND dry_run = :dryRun
			                         AND format = :format
			                         AND selection IS NOT DISTINCT FROM :selection THEN :uploadId ELSE upload_id END
			 WHERE partner_space_id = :partnerSpaceId
			   AND idempotency_key = :key
			RETURNING %s, format, selection, coalesce(uploaded_chunks, chunks) AS chunks
			""".formatted(BatchTableRow.COLUMNS);

	private static final String CREATE = """
			WITH bulk AS (
			    INSERT INTO partner_space_bulk (partner_space_id, served_at, day)
			    VALUES (:partnerSpaceId, :now, :day)
			    ON CONFLICT (partner_space_id) DO NOTHING
			)
			INSERT INTO invitation_batch AS batch (id, partner_space_id, template_id, dry_run, format, selection,
			                                       idempotency_key, upload_id, state, created_by, created_at, taken_at)
			VALUES (:id, :partnerSpaceId, :templateId, :dryRun, :format, :selection, :key, :uploadId, 'RECEIVING', :createdBy,
			        :now, :now)
			ON CONFLICT (partner_space_id, idempotency_key) WHERE idempotency_key IS NOT NULL DO NOTHING
			RETURNING %s
			"""
		.formatted(BatchTableRow.COLUMNS);

	private static final String ADD = """
			WITH batch AS (
			    UPDATE invitation_batch
			       SET row_count = row_count + :rows,
			           chunks = :number,
			           taken_at = :now
			     WHERE id = :id
			       AND upload_id = :uploadId
			       AND state = 'RECEIVING'
			       AND chunks = :number - 1
			    RETURNING id
			)
			INSERT INTO invitation_batch_chunk (batch_id, number, digest, content)
			SELECT id, :number, :digest, :content
			  FROM batch
			""";

	private static final String DIGEST = """
			SELECT digest
			  FROM invitation_batch_chunk
			 WHERE batch_id = :id
			   AND number = :number
			""";

	private static final String RECEIVED = """
			UPDATE invitation_batch batch
			   SET state = 'RUNNING',
			       ignored_columns = :ignoredColumns,
			       received_at = :now,
			       running_since = :now,
			       uploaded_chunks = chunks
			 WHERE id = :id
			   AND upload_id = :uploadId
			   AND state = 'RECEIVING'
			RETURNING %s
			""".formatted(BatchTableRow.COLUMNS);

	private final DatabaseClient database;

	private final BatchTable table;

	R2dbcBatchUploads(DatabaseClient database) {
		this.database = database;
		this.table = new BatchTable(database);
	}

	@Override
	public Mono<Taken> takeOver(BatchUpload upload, String idempotencyKey, UUID uploadId) {
		return bindTerms(this.database.sql(TAKE_OVER), upload).bind("uploadId", uploadId)
			.bind("key", idempotencyKey)
			.map((row) -> takenOver(row, upload, uploadId))
			.one();
	}

	private static Taken takenOver(Readable row, BatchUpload upload, UUID uploadId) {
		InvitationBatch batch = BatchTableRow.batch(row);
		boolean same = batch.templateId().equals(upload.templateId()) && batch.dryRun() == upload.dryRun()
				&& upload.format().equals(row.get("format", String.class))
				&& Arrays.equals(selection(upload), row.get("selection", byte[].class));
		if (!same) {
			throw UploadDiffers.inTerms(batch.id());
		}
		return new Taken(batch, uploadId, requireNonNull(row.get("chunks", Integer.class)));
	}

	@Override
	public Mono<Taken> create(BatchId id, BatchUpload upload, UUID uploadId, Instant now) {
		return bindTerms(this.database.sql(CREATE), upload).bind("id", id.value())
			.bind("key", Parameters.in(R2dbcType.VARCHAR, upload.idempotencyKey()))
			.bind("uploadId", uploadId)
			.bind("createdBy", upload.requestedBy())
			.bind("now", now)
			.bind("day", LocalDate.EPOCH)
			.map(BatchTableRow::batch)
			.one()
			.map((batch) -> new Taken(batch, uploadId, 0))
			.switchIfEmpty(Mono.error(() -> new UploadSuperseded(id)));
	}

	private static GenericExecuteSpec bindTerms(GenericExecuteSpec statement, BatchUpload upload) {
		return statement.bind("partnerSpaceId", upload.partnerSpaceId().value())
			.bind("templateId", upload.templateId().value())
			.bind("dryRun", upload.dryRun())
			.bind("format", upload.format())
			.bind("selection", Parameters.in(R2dbcType.VARBINARY, selection(upload)));
	}

	private static byte @Nullable [] selection(BatchUpload upload) {
		return (upload.selection() != null) ? StoredRows.digest(upload.selection()) : null;
	}

	@Override
	public Mono<Void> add(Taken batch, RowChunk chunk, Instant now) {
		byte[] content = StoredRows.encode(chunk.rows());
		return this.database.sql(ADD)
			.bind("id", batch.batch().id().value())
			.bind("uploadId", batch.uploadId())
			.bind("number", chunk.number())
			.bind("rows", chunk.rows().size())
			.bind("digest", StoredRows.digest(content))
			.bind("content", content)
			.bind("now", now)
			.fetch()
			.rowsUpdated()
			.flatMap((stored) -> (stored == 1) ? Mono.<Void>empty() : refuse(batch));
	}

	@Override
	public Mono<Boolean> hasSame(BatchId id, RowChunk chunk) {
		return this.database.sql(DIGEST)
			.bind("id", id.value())
			.bind("number", chunk.number())
			.mapValue(byte[].class)
			.one()
			.map((digest) -> MessageDigest.isEqual(digest, StoredRows.digest(StoredRows.encode(chunk.rows()))))
			.defaultIfEmpty(false);
	}

	@Override
	public Mono<InvitationBatch> received(Taken batch, List<String> ignoredColumns, Instant now) {
		return this.database.sql(RECEIVED)
			.bind("id", batch.batch().id().value())
			.bind("uploadId", batch.uploadId())
			.bind("ignoredColumns", ignoredColumns.toArray(String[]::new))
			.bind("now", now)
			.map(BatchTableRow::batch)
			.one()
			.switchIfEmpty(Mono.defer(() -> refuse(batch)));
	}

	/** The batch can take nothing more from the upload: says why. */
	private <T> Mono<T> refuse(Taken taken) {
		return this.table.require(taken.batch().partnerSpaceId(), taken.batch().id()).map((batch) -> {
			boolean stopped = !batch.state().isOpen() && batch.receivedAt() == null;
			throw stopped ? new BatchEnded(batch.id(), batch.state()) : new UploadSuperseded(batch.id());
		});
	}

	@Override
	public Mono<Void> fail(Taken taken, BatchFailure failure, Instant now) {
		return this.table
			.fail("id = :id AND upload_id = :uploadId AND state = 'RECEIVING'",
					(statement) -> statement.bind("id", taken.batch().id().value()).bind("uploadId", taken.uploadId()),
					failure, now)
			.then();
	}

}
