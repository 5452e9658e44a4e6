package com.banqup.invitations.api.batch;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import com.banqup.invitations.api.batch.reading.TooManyRows;
import com.banqup.invitations.api.batch.reading.Upload;
import com.banqup.invitations.api.batch.reading.UploadBroken;
import com.banqup.invitations.api.batch.reading.UploadProperties;
import com.banqup.invitations.api.batch.reading.UploadReader;
import com.banqup.invitations.api.batch.reading.UploadRefused;
import com.banqup.invitations.api.client.ClientId;
import com.banqup.invitations.api.client.ClientSelection;
import com.banqup.invitations.api.client.Clients;
import com.banqup.invitations.api.id.NewIds;
import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import com.banqup.invitations.api.partnerspace.PartnerSpaces;
import com.banqup.invitations.api.template.ConfigurationTemplates;
import com.banqup.invitations.api.template.TemplateId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DefaultDataBufferFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.util.unit.DataSize;

import static com.banqup.invitations.api.Bulks.lines;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

/** Uploads that end otherwise than with their last row, and what is left of them. */
class ReceiveBatchTests {

	private static final BatchUpload UPLOAD = new BatchUpload(new PartnerSpaceId(UUID.randomUUID()),
			new TemplateId(UUID.randomUUID()), false, "application/x-ndjson", "key", "user-1", null);

	/** Two rows a chunk. */
	private static final BatchProperties PROPERTIES = new Binder(
			new MapConfigurationPropertySource(Map.of("invite.batches.chunk-rows", "2")))
		.bindOrCreate("invite.batches", BatchProperties.class);

	private static final DataAccessResourceFailureException AWAY = new DataAccessResourceFailureException("away");

	private static final UploadProperties UPLOADS = new UploadProperties(5, DataSize.ofMegabytes(1),
			DataSize.ofKilobytes(16), Duration.ofSeconds(30), DataSize.ofKilobytes(1), Duration.ofHours(1), 1);

	private final UploadReader reader = new UploadReader(UPLOADS, Schedulers.immediate());

	private final KeptUploads uploads = new KeptUploads();

	private final ReceiveBatch receiveBatch = receiveBatch(unused(Clients.class));

	private ReceiveBatch receiveBatch(Clients clients) {
		return new ReceiveBatch(this.uploads, clients, new UploadSlots(PROPERTIES, new SimpleMeterRegistry()),
				unused(PartnerSpaces.class), unused(ConfigurationTemplates.class), new NewIds(Clock.systemUTC()),
				PROPERTIES, UPLOADS, new SimpleMeterRegistry(), Clock.systemUTC());
	}

	@Test
	void saysWhichBatchHasTheRowsBeforeTheConnectionBroke() {
		receiveBroken(3).as(StepVerifier::create).verifyErrorSatisfies((ex) -> {
			assertThat(refused(ex, UploadBroken.class).row()).isEqualTo(4);
			assertThat(refused(ex, UploadBroken.class).batchId()).isEqualTo(this.uploads.id());
		});

		assertThat(this.uploads.chunks).hasSize(1);
		assertThat(this.uploads.failures).as("the rest may come").isEmpty();
	}

	@Test
	void saysWhichBatchFailedByTheRowTooMany() {
		receive(rows(0, 6)).as(StepVerifier::create).verifyErrorSatisfies((ex) -> {
			assertThat(refused(ex, TooManyRows.class).row()).isEqualTo(6);
			assertThat(refused(ex, TooManyRows.class).batchId()).isEqualTo(this.uploads.id());
		});

		assertThat(this.uploads.failures).extracting(BatchFailure::code).containsExactly("too-many-rows");
	}

	@Test
	void selectsNoMoreClientsThanThereMayBeRows() {
		ClientSelection everybody = new ClientSelection(null, false, null, null, null);
		BatchUpload upload = new BatchUpload(UPLOAD.partnerSpaceId(), UPLOAD.templateId(), false, "application/json",
				null, "user-1", null);

		receiveBatch(clients(5)).receive(upload, everybody)
			.as(StepVerifier::create)
			.expectNextCount(1)
			.verifyComplete();
		receiveBatch(clients(6)).receive(upload, everybody)
			.as(StepVerifier::create)
			.verifyErrorSatisfies((ex) -> assertThat(refused(ex, TooManyRows.class).row()).isEqualTo(6));

		assertThat(this.uploads.failures).extracting(BatchFailure::code).containsExactly("too-many-rows");
	}

	/** So many clients, all of whom are selected. */
	private static Clients clients(int count) {
		return (Clients) Proxy.newProxyInstance(Clients.class.getClassLoader(), new Class<?>[] { Clients.class },
				(proxy, method, arguments) -> Flux.range(0, count).map((index) -> new ClientId(UUID.randomUUID())));
	}

	@Test
	void namesNoBatchWhereNothingWasTaken() {
		receiveBroken(1).as(StepVerifier::create)
			.verifyErrorSatisfies((ex) -> assertThat(refused(ex, UploadBroken.class).batchId()).isNull());
	}

	@Test
	void tellsWhatTheRowsEndWithAlthoughStoringTheLastOfThemFailsToo() {
		Sinks.Empty<Void> storing = Sinks.empty();
		Sinks.Empty<DataBuffer> connection = Sinks.empty();
		this.uploads.adding = storing.asMono();

		receive(rows(0, 3).concatWith(connection.asMono())).as(StepVerifier::create)
			.then(() -> connection.tryEmitError(new IOException("reset")))
			.then(() -> storing.tryEmitError(AWAY))
			.verifyErrorSatisfies(
					(ex) -> assertThat(refused(ex, UploadBroken.class).batchId()).isEqualTo(this.uploads.id()));
	}

	@Test
	void endsWithTheStatementThatFailsAndTakesNoMore() {
		this.uploads.adding = Mono.error(AWAY);

		receive(rows(0, 5)).as(StepVerifier::create).verifyErrorSatisfies((ex) -> assertThat(ex).isSameAs(AWAY));

		assertThat(this.uploads.chunks).hasSize(1);
		assertThat(this.uploads.failures).isEmpty();
	}

	@Test
	void endsWithTheLastStatementThatFails() {
		this.uploads.receiving = Mono.error(AWAY);

		receive(rows(0, 3)).as(StepVerifier::create).verifyErrorSatisfies((ex) -> assertThat(ex).isSameAs(AWAY));

		assertThat(this.uploads.chunks).hasSize(2);
		assertThat(this.uploads.failures).isEmpty();
	}

	@Test
	void tellsWhyTheRowsWereRefusedAlthoughTheBatchCouldNotBeMade() {
		Sinks.Empty<Void> making = Sinks.empty();
		Sinks.Empty<DataBuffer> connection = Sinks.empty();
		this.uploads.making = making.asMono();

		receive(rows(0, 2).concatWith(connection.asMono())).as(StepVerifier::create)
			.then(() -> connection.tryEmitError(new IOException("reset")))
			.then(() -> making.tryEmitError(AWAY))
			.verifyErrorSatisfies((ex) -> assertThat(refused(ex, UploadBroken.class).batchId()).isNull());
	}

	@Test
	void refusesAnUploadThatEndsBeforeWhatIsThere() {
		receiveBroken(4).onErrorComplete().block();

		receive(rows(0, 2)).as(StepVerifier::create).verifyErrorSatisfies((ex) -> assertDiffers(ex, 3, 3));
	}

	/** Rows are compared two by two. */
	@Test
	void saysWhichRowIsTheFirstThatDiffersAsFarAsItKnows() {
		received(rows(0, 3));

		receive(rows(0, 4)).as(StepVerifier::create).verifyErrorSatisfies((ex) -> assertDiffers(ex, 4, 4));
		receive(rows(0, 2).concatWith(rows(7, 8))).as(StepVerifier::create)
			.verifyErrorSatisfies((ex) -> assertDiffers(ex, 3, 3));
		receive(rows(0, 2).concatWith(rows(7, 9))).as(StepVerifier::create)
			.verifyErrorSatisfies((ex) -> assertDiffers(ex, 3, 3));
		receive(rows(0, 1).concatWith(rows(7, 8))).as(StepVerifier::create)
			.verifyErrorSatisfies((ex) -> assertDiffers(ex, 1, 2));
		receive(rows(0, 1)).as(StepVerifier::create).verifyErrorSatisfies((ex) -> assertDiffers(ex, 1, 2));
	}

	@Test
	void saysThatAnUploadHasLessThanTheLastRows() {
		received(rows(0, 2));

		receive(rows(0, 1)).as(StepVerifier::create).verifyErrorSatisfies((ex) -> assertDiffers(ex, 1, 2));
	}

	@Test
	void refusesAnUploadThatGoesOnAfterItWasComplete() {
		assertThat(received(rows(0, 2)).repeated()).isFalse();

		assertThat(received(rows(0, 2)).repeated()).isTrue();
		receive(rows(0, 3)).as(StepVerifier::create).verifyErrorSatisfies((ex) -> assertDiffers(ex, 3, 3));
		assertThat(this.uploads.chunks).hasSize(1);
	}

	@Test
	void namesNoBatchThatTheNewerUploadMade() {
		this.uploads.making = Mono.error(new UploadSuperseded(new BatchId(UUID.randomUUID())));

		receive(rows(0, 2)).as(StepVerifier::create)
			.verifyErrorSatisfies((ex) -> assertThat(ex).isInstanceOfSatisfying(UploadSuperseded.class,
					(superseded) -> assertThat(superseded.batchId()).isNull()));
	}

	private Mono<ReceivedBatch> receive(Flux<DataBuffer> body) {
		return this.reader.read(MediaType.APPLICATION_NDJSON, new HttpHeaders(), body,
				(upload) -> this.receiveBatch.receive(UPLOAD, ((Upload.Rows) upload).rows(), List.of()));
	}

	/** So many rows, and then the connection breaks. */
	private Mono<ReceivedBatch> receiveBroken(int rows) {
		Sinks.Empty<DataBuffer> connection = Sinks.empty();
		CompletableFuture<ReceivedBatch> received = receive(rows(0, rows).concatWith(connection.asMono())).toFuture();
		connection.tryEmitError(new IOException("reset"));
		return Mono.fromFuture(received);
	}

	private ReceivedBatch received(Flux<DataBuffer> body) {
		return receive(body).blockOptional().orElseThrow();
	}

	/**
	 * With blanks after them: the first bytes wait for enough others to tell what they
	 * are.
	 */
	private static Flux<DataBuffer> rows(int from, int to) {
		byte[] text = (lines(from, to) + " ".repeat(1_000)).getBytes(StandardCharsets.UTF_8);
		return Flux.just(DefaultDataBufferFactory.sharedInstance.wrap(text));
	}

	private static UploadRefused refused(Throwable ex, Class<? extends UploadRefused> type) {
		assertThat(ex).isExactlyInstanceOf(type);
		return (UploadRefused) ex;
	}

	private void assertDiffers(Throwable ex, int fromRow, int toRow) {
		assertThat(ex).isInstanceOfSatisfying(UploadDiffers.class, (differs) -> {
			assertThat(differs.batchId()).isEqualTo(this.uploads.id());
			assertThat(differs.fromRow()).isEqualTo(fromRow);
			assertThat(differs.toRow()).isEqualTo(toRow);
		});
	}

	/** What nothing here needs. */
	private static <T> T unused(Class<T> type) {
		return type
			.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, (proxy, method, arguments) -> {
				throw new AssertionError(method);
			}));
	}

	/** One batch in memory. */
	private static final class KeptUploads implements BatchUploads {

		private final List<RowChunk> chunks = new ArrayList<>();

		private final List<BatchFailure> failures = new ArrayList<>();

		private @Nullable InvitationBatch batch;

		private Mono<Void> making = Mono.empty();

		private Mono<Void> adding = Mono.empty();

		private Mono<Void> receiving = Mono.empty();

		BatchId id() {
			return requireNonNull(this.batch).id();
		}

		@Override
		public Mono<Taken> takeOver(BatchUpload upload, String idempotencyKey, UUID uploadId) {
			return Mono.justOrEmpty(this.batch)
				.map((taken) -> new Taken(keep(taken.id(), taken.state()), uploadId, this.chunks.size()));
		}

		@Override
		public Mono<Taken> create(BatchId id, BatchUpload upload, UUID uploadId, Instant now) {
			return this.making.then(Mono.fromSupplier(() -> keep(id, BatchState.RECEIVING)))
				.map((made) -> new Taken(made, uploadId, 0));
		}

		@Override
		public Mono<Void> add(Taken taken, RowChunk chunk, Instant now) {
			this.chunks.add(chunk);
			return this.adding;
		}

		@Override
		public Mono<Boolean> hasSame(BatchId id, RowChunk chunk) {
			return Mono.just(this.chunks.get(chunk.number() - 1).rows().equals(chunk.rows()));
		}

		@Override
		public Mono<InvitationBatch> received(Taken taken, List<String> ignoredColumns, Instant now) {
			return this.receiving.then(Mono.fromSupplier(() -> keep(taken.batch().id(), BatchState.RUNNING)));
		}

		@Override
		public Mono<Void> fail(Taken taken, BatchFailure failure, Instant now) {
			this.failures.add(failure);
			return Mono.empty();
		}

		private InvitationBatch keep(BatchId id, BatchState state) {
			InvitationBatch kept = new InvitationBatch(id, UPLOAD.partnerSpaceId(), UPLOAD.templateId(), false, state,
					null, List.of(), this.chunks.stream().mapToInt((chunk) -> chunk.rows().size()).sum(), "user-1",
					Instant.EPOCH, null, null, 0, null, null, null);
			this.batch = kept;
			return kept;
		}

	}

}
