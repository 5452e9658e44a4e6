package com.banqup.invitations.api.batch.web;

import java.net.URI;
import java.security.Principal;
import java.util.UUID;

import com.banqup.invitations.api.batch.BatchId;
import com.banqup.invitations.api.batch.BatchProgress;
import com.banqup.invitations.api.batch.BatchRows;
import com.banqup.invitations.api.batch.BatchUpload;
import com.banqup.invitations.api.batch.CancelBatch;
import com.banqup.invitations.api.batch.FollowBatches;
import com.banqup.invitations.api.batch.InvitationBatch;
import com.banqup.invitations.api.batch.ProgressFeed;
import com.banqup.invitations.api.batch.ReceiveBatch;
import com.banqup.invitations.api.batch.ReceivedBatch;
import com.banqup.invitations.api.batch.RetryBatch;
import com.banqup.invitations.api.batch.web.RowParameters.Range;
import com.banqup.invitations.api.idempotency.web.IdempotencyKeyHeader;
import com.banqup.invitations.api.idempotency.web.IdempotentAnswers;
import com.banqup.invitations.api.paging.web.PageParameters;
import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import com.banqup.invitations.api.template.TemplateId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.annotations.ParameterObject;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;

@RestController
@RequestMapping("/v1/partner-spaces/{partnerSpaceId}/invitation-batches")
@Tag(name = "Bulk invitations")
class BatchController {

	private static final String CSV = "text/csv";

	private static final String PROBLEM = "application/problem+json";

	private final UploadBodies bodies;

	private final CancelBatch cancelBatch;

	private final RetryBatch retryBatch;

	private final FollowBatches followBatches;

	private final BatchRows rows;

	private final ProgressFeed feed;

	private final ProgressStream stream;

	private final RowExport export;

	private final IdempotentAnswers answers;

	BatchController(UploadBodies bodies, CancelBatch cancelBatch, RetryBatch retryBatch, FollowBatches followBatches,
			BatchRows rows, ProgressFeed feed, ProgressStream stream, RowExport export, IdempotentAnswers answers) {
		this.bodies = bodies;
		this.cancelBatch = cancelBatch;
		this.retryBatch = retryBatch;
		this.followBatches = followBatches;
		this.rows = rows;
		this.feed = feed;
		this.stream = stream;
		this.export = export;
		this.answers = answers;
	}

	@PostMapping(consumes = { MediaType.APPLICATION_NDJSON_VALUE, CSV, MediaType.APPLICATION_JSON_VALUE },
			produces = MediaType.APPLICATION_JSON_VALUE)
	@Operation(operationId = "inviteInBulk", summary = "Invite in bulk",
			description = "Rows as NDJSON or CSV (rowRef, externalReference, name, email, language, vatNumber, country, message) add "
					+ "the client where it is new and invite it; JSON names clients that are there. Nobody is invited before "
					+ "all rows have come. An upload that breaks can be sent again with its Idempotency-Key: it goes on where "
					+ "it broke, and nobody is invited twice. A refusal says the row and line it happened at and, where rows were "
					+ "taken before, the batch that has them (batchId). Role: Administrator or Client Manager.")
	@io.swagger.v3.oas.annotations.parameters.RequestBody(required = true,
			content = { @Content(mediaType = MediaType.APPLICATION_NDJSON_VALUE, schema = @Schema(type = "string")),
					@Content(mediaType = CSV, schema = @Schema(type = "string")),
					@Content(mediaType = MediaType.APPLICATION_JSON_VALUE, schema = @Schema(type = "object")) })
	@ApiResponse(responseCode = "202", description = "All rows are here; the Location header says where the batch is.",
			content = @Content(mediaType = "application/json", schema = @Schema(implementation = BatchView.class)))
	@ApiResponse(responseCode = "400",
			description = "empty-upload, no-rows, invalid-columns, invalid-encoding, invalid-request, malformed-json or invalid-idempotency-key",
			content = @Content(mediaType = PROBLEM, schema = @Schema(ref = "Problem")))
	@ApiResponse(responseCode = "404", description = "configuration-template-not-found, or partner-space-not-found",
			content = @Content(mediaType = PROBLEM, schema = @Schema(ref = "Problem")))
	@ApiResponse(responseCode = "408", description = "upload-timeout",
			content = @Content(mediaType = PROBLEM, schema = @Schema(ref = "Problem")))
	@ApiResponse(responseCode = "409", description = "partner-space-without-name, upload-superseded or batch-ended",
			content = @Content(mediaType = PROBLEM, schema = @Schema(ref = "Problem")))
	@ApiResponse(responseCode = "413", description = "too-many-rows or upload-too-large",
			content = @Content(mediaType = PROBLEM, schema = @Schema(ref = "Problem")))
	@ApiResponse(responseCode = "429", description = "too-many-uploads or too-many-requests",
			content = @Content(mediaType = PROBLEM, schema = @Schema(ref = "Problem")))
	Mono<ResponseEntity<BatchView>> receive(@PathVariable UUID partnerSpaceId,
			@Parameter(description = "The configuration template that says which access to ask for and for how long.",
					required = true) @RequestParam UUID templateId,
			@Parameter(description = "Only tell what would be: nothing is stored but the report.") @RequestParam(
					defaultValue = "false") boolean dryRun,
			@Parameter(hidden = true) Principal principal, @Parameter(hidden = true) ServerHttpRequest request) {
		return Mono
			.fromSupplier(() -> new BatchUpload(new PartnerSpaceId(partnerSpaceId), new TemplateId(templateId), dryRun,
					UploadBodies.format(request.getHeaders()),
					IdempotencyKeyHeader.find(request.getHeaders()).orElse(null), principal.getName(), null))
			.flatMap((upload) -> this.bodies.receive(upload, request.getHeaders(), request.getBody()))
			.flatMap(this::accepted);
	}

	private Mono<ResponseEntity<BatchView>> accepted(ReceivedBatch received) {
		InvitationBatch batch = received.batch();
		ResponseEntity.BodyBuilder response = ResponseEntity.accepted()
			.location(URI.create("/v1/partner-spaces/" + batch.partnerSpaceId() + "/invitation-batches/" + batch.id()));
		if (received.repeated()) {
			response.header(IdempotentAnswers.REPLAYED, "true");
		}
		return this.followBatches.progress(batch).map((progress) -> response.body(BatchView.of(progress)));
	}

	@GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
	@Operation(operationId = "listBatches", summary = "List bulks", description = "Newest first.")
	Mono<BatchPageView> list(@PathVariable UUID partnerSpaceId, @ParameterObject PageParameters page) {
		return this.followBatches.list(new PartnerSpaceId(partnerSpaceId), page.pageRequest()).map(BatchPageView::of);
	}

	@GetMapping(path = "/{batchId}", produces = MediaType.APPLICATION_JSON_VALUE)
	@Operation(operationId = "getBatch", summary = "Read a bulk")
	Mono<BatchView> get(@PathVariable UUID partnerSpaceId, @PathVariable UUID batchId) {
		return require(partnerSpaceId, batchId).map(BatchView::of);
	}

	@PostMapping(path = "/{batchId}/cancel", produces = MediaType.APPLICATION_JSON_VALUE)
	@Operation(operationId = "cancelBatch", summary = "Stop a bulk",
			description = "What is not yet sent is never sent. The batch is CANCELLED when nothing of it waits any more; its counts "
					+ "say how many were stopped. Asking again changes nothing. Role: Administrator or Client Manager.")
	@ApiResponse(responseCode = "202", description = "Requested.",
			content = @Content(mediaType = "application/json", schema = @Schema(implementation = BatchView.class)))
	@ApiResponse(responseCode = "404", description = "batch-not-found, or partner-space-not-found",
			content = @Content(mediaType = PROBLEM, schema = @Schema(ref = "Problem")))
	@ApiResponse(responseCode = "409", description = "batch-ended",
			content = @Content(mediaType = PROBLEM, schema = @Schema(ref = "Problem")))
	Mono<ResponseEntity<Object>> cancel(@PathVariable UUID partnerSpaceId, @PathVariable UUID batchId,
			@Parameter(hidden = true) Principal principal, @Parameter(hidden = true) ServerWebExchange exchange) {
		PartnerSpaceId space = new PartnerSpaceId(partnerSpaceId);
		return this.answers.answer(exchange, space, null,
				() -> this.cancelBatch.cancel(space, new BatchId(batchId), principal.getName())
					.flatMap(this.followBatches::progress)
					.map(BatchController::running));
	}

	@PostMapping(path = "/{batchId}/retry", produces = MediaType.APPLICATION_JSON_VALUE)
	@Operation(operationId = "retryBatch", summary = "Try failed rows again",
			description = "Without a body: rows that were skipped or not-decided are decided again, and mails that were given up go to the addresses "
					+ "that the clients have now, by a new invitation where that has expired. With corrected rows as NDJSON or CSV: those are decided instead of the failed "
					+ "rows of the same rowRef, the first one where several have it; where it is the mail that failed, the client "
					+ "is changed as the correction says, and mailed again. Rows that succeeded stay as they are. For a batch that is COMPLETED. "
					+ "Role: Administrator or Client Manager.")
	@io.swagger.v3.oas.annotations.parameters.RequestBody(
			content = { @Content(mediaType = MediaType.APPLICATION_NDJSON_VALUE, schema = @Schema(type = "string")),
					@Content(mediaType = CSV, schema = @Schema(type = "string")) })
	@ApiResponse(responseCode = "202", description = "It runs again.",
			content = @Content(mediaType = "application/json", schema = @Schema(implementation = BatchView.class)))
	@ApiResponse(responseCode = "400", description = "unknown-rows (with errors), or what an upload can be refused for",
			content = @Content(mediaType = PROBLEM, schema = @Schema(ref = "Problem")))
	@ApiResponse(responseCode = "404", description = "batch-not-found, or partner-space-not-found",
			content = @Content(mediaType = PROBLEM, schema = @Schema(ref = "Problem")))
	@ApiResponse(responseCode = "409", description = "batch-not-completed or nothing-to-retry",
			content = @Content(mediaType = PROBLEM, schema = @Schema(ref = "Problem")))
	@ApiResponse(responseCode = "413", description = "too-many-rows or upload-too-large",
			content = @Content(mediaType = PROBLEM, schema = @Schema(ref = "Problem")))
	@ApiResponse(responseCode = "429", description = "too-many-uploads or too-many-requests",
			content = @Content(mediaType = PROBLEM, schema = @Schema(ref = "Problem")))
	Mono<ResponseEntity<Object>> retry(@PathVariable UUID partnerSpaceId, @PathVariable UUID batchId,
			@Parameter(hidden = true) ServerWebExchange exchange) {
		PartnerSpaceId space = new PartnerSpaceId(partnerSpaceId);
		BatchId id = new BatchId(batchId);
		return this.bodies.correct(space, exchange.getRequest(), (rows) -> this.answers.answer(exchange, space, rows,
				() -> (rows.isEmpty() ? this.retryBatch.retry(space, id) : this.retryBatch.retry(space, id, rows))
					.flatMap(this.followBatches::progress)
					.map(BatchController::running)));
	}

	private static ResponseEntity<BatchView> running(BatchProgress progress) {
		return ResponseEntity.accepted().body(BatchView.of(progress));
	}

	@GetMapping(path = "/{batchId}/rows", produces = MediaType.APPLICATION_JSON_VALUE)
	@Operation(operationId = "listBatchRows", summary = "What became of the rows",
			description = "In their order; rows that are not decided yet are WAITING. With `Accept: application/x-ndjson` or "
					+ "`text/csv` the whole list as a file.")
	@ApiResponse(responseCode = "200", description = "The rows.",
			content = { @Content(mediaType = "application/json", schema = @Schema(implementation = RowPageView.class)),
					@Content(mediaType = MediaType.APPLICATION_NDJSON_VALUE,
							schema = @Schema(implementation = RowView.class)),
					@Content(mediaType = CSV, schema = @Schema(type = "string")) })
	Mono<RowPageView> rows(@PathVariable UUID partnerSpaceId, @PathVariable UUID batchId,
			@ParameterObject RowParameters parameters) {
		Range range = parameters.range();
		return require(partnerSpaceId, batchId)
			.flatMap(
					(progress) -> this.rows.list(progress.batch().id(), range.state(), range.after(), range.limit() + 1)
						.collectList())
			.map((rows) -> RowPageView.of(rows, range.limit()));
	}

	@GetMapping(path = "/{batchId}/rows", produces = MediaType.APPLICATION_NDJSON_VALUE)
	@Operation(hidden = true)
	Mono<ResponseEntity<Flux<DataBuffer>>> rowsAsNdjson(@PathVariable UUID partnerSpaceId, @PathVariable UUID batchId,
			RowParameters parameters) {
		Range range = parameters.range();
		return require(partnerSpaceId, batchId).map((progress) -> ResponseEntity.ok()
			.contentType(MediaType.APPLICATION_NDJSON)
			.body(this.export.ndjson(progress.batch().id(), range.state())));
	}

	@GetMapping(path = "/{batchId}/rows", produces = CSV)
	@Operation(hidden = true)
	Mono<ResponseEntity<Flux<DataBuffer>>> rowsAsCsv(@PathVariable UUID partnerSpaceId, @PathVariable UUID batchId,
			RowParameters parameters) {
		Range range = parameters.range();
		return require(partnerSpaceId, batchId).map((progress) -> ResponseEntity.ok()
			.contentType(MediaType.parseMediaType(CSV + ";charset=UTF-8"))
			.header("Content-Disposition", "attachment; filename=\"batch-" + batchId + ".csv\"")
			.body(this.export.csv(progress.batch().id(), range.state())));
	}

	@GetMapping(path = "/{batchId}/progress", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	@Operation(operationId = "followBatch", summary = "Follow a bulk",
			description = "Server-Sent Events named `progress`, each with the batch as data, whenever something has changed, a few "
					+ "a second at most; comments while nothing does. Ends after the final state. Come back with "
					+ "`Last-Event-ID` to be told only of what is new.")
	@ApiResponse(responseCode = "200", description = "The events.",
			content = @Content(mediaType = MediaType.TEXT_EVENT_STREAM_VALUE,
					schema = @Schema(implementation = BatchView.class)))
	@ApiResponse(responseCode = "429", description = "too-many-followers or too-many-requests",
			content = @Content(mediaType = PROBLEM, schema = @Schema(ref = "Problem")))
	Mono<ResponseEntity<Flux<ServerSentEvent<BatchView>>>> follow(@PathVariable UUID partnerSpaceId,
			@PathVariable UUID batchId,
			@RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId) {
		PartnerSpaceId space = new PartnerSpaceId(partnerSpaceId);
		return require(partnerSpaceId, batchId).map((progress) -> {
			if (!progress.batch().state().isOpen() && ProgressStream.id(progress).equals(lastEventId)) {
				// Whoever has the final state is told not to come back.
				return ResponseEntity.noContent().build();
			}
			return ResponseEntity.ok()
				.contentType(MediaType.TEXT_EVENT_STREAM)
				.body(this.stream.events(this.feed.follow(space, new BatchId(batchId)), lastEventId));
		});
	}

	private Mono<BatchProgress> require(UUID partnerSpaceId, UUID batchId) {
		return this.followBatches.require(new PartnerSpaceId(partnerSpaceId), new BatchId(batchId));
	}

}
