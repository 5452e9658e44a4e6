package com.banqup.invitations.api.batch.reading;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import com.banqup.invitations.api.batch.BatchRow;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.util.unit.DataSize;

import static com.banqup.invitations.api.batch.reading.Uploads.CSV;
import static com.banqup.invitations.api.batch.reading.Uploads.JSON;
import static com.banqup.invitations.api.batch.reading.Uploads.NDJSON;
import static com.banqup.invitations.api.batch.reading.Uploads.PROPERTIES;
import static com.banqup.invitations.api.batch.reading.Uploads.buffers;
import static com.banqup.invitations.api.batch.reading.Uploads.bytes;
import static com.banqup.invitations.api.batch.reading.Uploads.cut;
import static com.banqup.invitations.api.batch.reading.Uploads.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class UploadReaderTests {

	private static final String ROW = "{\"name\":\"Janssens\",\"email\":\"a@example.com\"}\n";

	private static final HttpHeaders PLAIN = new HttpHeaders();

	private final UploadReader reader = new UploadReader(PROPERTIES, Schedulers.immediate());

	/** The rows, as they are asked for. */
	private Flux<BatchRow> rowsOf(Flux<DataBuffer> body) {
		return rowsOf(this.reader, body);
	}

	private static Flux<BatchRow> rowsOf(UploadReader reader, Flux<DataBuffer> body) {
		return reader.readAll(NDJSON, PLAIN, body, (upload) -> ((Upload.Rows) upload).rows());
	}

	@Nested
	class Refusals {

		@ParameterizedTest
		@MethodSource("com.banqup.invitations.api.batch.reading.UploadReaderTests#whatIsNoUtf8Text")
		void coverWhatIsNoUtf8Text(byte[] file, String expected) {
			for (MediaType type : List.of(NDJSON, CSV, JSON)) {
				for (int length : new int[] { 1, 7, 5_000 }) {
					assertThatExceptionOfType(InvalidUploadEncoding.class)
						.isThrownBy(() -> rows(PROPERTIES, type, cut(file, length)))
						.withMessageContaining(expected);
				}
			}
		}

		@ParameterizedTest
		@ValueSource(strings = { "text/plain", "application/xml", "multipart/form-data", "application/octet-stream",
				"application/problem+json" })
		void coverTypesThatAreNotRead(String type) {
			assertThatExceptionOfType(UnsupportedUpload.class)
				.isThrownBy(() -> rows(MediaType.parseMediaType(type), ROW))
				.withMessageContaining("expected: application/x-ndjson, text/csv or application/json");
		}

		@Test
		void coverUploadsWithoutType() {
			UploadReaderTests.this.reader.read(null, PLAIN, buffers(bytes(ROW)), (upload) -> Mono.just("used"))
				.as(StepVerifier::create)
				.verifyError(UnsupportedUpload.class);
		}

		@Test
		void coverTypesThatSayTheyAreNotUtf8() {
			assertThat(rows(MediaType.parseMediaType("application/x-ndjson;charset=utf-8"), ROW)).hasSize(1);
			assertThatExceptionOfType(InvalidUploadEncoding.class)
				.isThrownBy(() -> rows(MediaType.parseMediaType("text/csv;charset=windows-1252"), ROW))
				.withMessage("Content-Type: windows-1252 (expected: UTF-8)");
		}

		@Test
		void coverOtherCompressions() {
			HttpHeaders headers = new HttpHeaders();
			headers.set(HttpHeaders.CONTENT_ENCODING, "br");

			assertThatExceptionOfType(UnsupportedUpload.class)
				.isThrownBy(() -> Uploads.read(PROPERTIES, NDJSON, headers, bytes(ROW)))
				.withMessageContaining("expected: gzip");
		}

		@Test
		void comeBeforeAnythingIsUsed() {
			for (String text : List.of("", "\n\n", "PK\u0003\u0004")) {
				UploadReaderTests.this.reader
					.read(NDJSON, PLAIN, buffers(bytes(text)), (upload) -> Mono.error(new AssertionError("used")))
					.as(StepVerifier::create)
					.verifyError(UploadRefused.class);
			}
		}

	}

	static Stream<Arguments> whatIsNoUtf8Text() {
		byte[] late = bytes(ROW.repeat(30));
		late[900] = 0;
		return Stream.of(Arguments.of(bytes("PK\u0003\u0004\u0014\u0000xl/workbook.xml"), "CSV UTF-8"),
				Arguments.of(bytes("PK\u0005\u0006"), "CSV UTF-8"),
				Arguments.of(new byte[] { (byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, 1 }, "CSV UTF-8"),
				Arguments.of(bytes("%PDF-1.7\n"), "PDF"),
				Arguments.of(GunzipTests.gzip(bytes(ROW)), "Content-Encoding: gzip"),
				Arguments.of("\uFEFFname".getBytes(java.nio.charset.StandardCharsets.UTF_16LE), "UTF-16"),
				Arguments.of("\uFEFFname".getBytes(java.nio.charset.StandardCharsets.UTF_16BE), "UTF-16"),
				Arguments.of(new byte[] { 0, 0, (byte) 0xFE, (byte) 0xFF, 0, 0, 0, 'n' }, "UTF-32"),
				Arguments.of(new byte[] { (byte) 0xFF, (byte) 0xFE, 0, 0, 'n', 0, 0, 0 }, "UTF-16 or UTF-32"),
				Arguments.of("name".getBytes(java.nio.charset.StandardCharsets.UTF_16LE), "binary"),
				Arguments.of(late, "binary"));
	}

	@Nested
	class Sizes {

		private final UploadProperties small = new UploadProperties(1_000_000, DataSize.ofKilobytes(16),
				DataSize.ofKilobytes(16), PROPERTIES.idleTimeout(), PROPERTIES.minRate(), PROPERTIES.longest(),
				PROPERTIES.readers());

		@Test
		void mayBeTheLargestAndNoLarger() {
			String rows = ROW.repeat(16_384 / ROW.length());
			String largest = rows + " ".repeat(16_384 - rows.length());

			assertThat(rows(this.small, NDJSON, cut(bytes(largest), 1_000))).hasSize(16_384 / ROW.length());
			assertThatExceptionOfType(UploadTooLarge.class)
				.isThrownBy(() -> rows(this.small, NDJSON, cut(bytes(largest + "\n"), 1_000)));
		}

		@Test
		void areRefusedWithTheRowAtWhichTheyAreTooLarge() {
			String large = "\n" + ROW.repeat(2 * 16_384 / ROW.length());

			for (int length : new int[] { 1, 100, 20_000, 1_000_000 }) {
				assertThatExceptionOfType(UploadTooLarge.class)
					.isThrownBy(() -> rows(this.small, NDJSON, cut(bytes(large), length)))
					.satisfies((ex) -> {
						assertThat(ex.row()).isEqualTo(16_383 / ROW.length() + 1);
						assertThat(ex.line()).isEqualTo(ex.row() + 1);
						assertThat(ex).hasMessage("more than 16384 bytes");
					});
			}
		}

		@Test
		void givesTheRowsBefore() {
			rowsOf(new UploadReader(this.small, Schedulers.immediate()), buffers(bytes(ROW.repeat(1_000))))
				.as(StepVerifier::create)
				.expectNextCount(16_384 / ROW.length())
				.verifyError(UploadTooLarge.class);
		}

	}

	@Nested
	class BlankRecords {

		private final UploadProperties two = new UploadProperties(2, DataSize.ofMegabytes(1), DataSize.ofKilobytes(16),
				PROPERTIES.idleTimeout(), PROPERTIES.minRate(), PROPERTIES.longest(), PROPERTIES.readers());

		@Test
		void areNoMoreThanRowsMayBe() {
			assertThat(rows(this.two, NDJSON, bytes("\n" + ROW + " \n" + ROW))).hasSize(2);
			assertThat(rows(this.two, CSV, bytes("\nname,email\nA,a@example.com\n,\nB,b@example.com\n"))).hasSize(2);
			for (String text : List.of("\n\n\n", ROW + "\n \n\t\n" + ROW)) {
				assertTooMany(NDJSON, text);
			}
			for (String text : List.of("\n\n\n", "\nname,email\nA,a@example.com\n,\n\n")) {
				assertTooMany(CSV, text);
			}
		}

		private void assertTooMany(MediaType type, String text) {
			assertThatExceptionOfType(TooManyRows.class).isThrownBy(() -> rows(this.two, type, bytes(text)))
				.withMessage("more than 2 blank rows");
		}

	}

	@Nested
	class Demand {

		@Test
		void isPassedOnBufferByBuffer() {
			AtomicLong taken = new AtomicLong();
			Flux<DataBuffer> body = buffers(cut(bytes(ROW.repeat(10_000)), 4_096))
				.doOnNext((buffer) -> taken.incrementAndGet());
			int perBuffer = 4_096 / ROW.length();

			rowsOf(body).as((rows) -> StepVerifier.create(rows, 0))
				.thenRequest(1)
				.expectNextCount(1)
				.then(() -> assertThat(taken).hasValue(1))
				.thenRequest(perBuffer)
				.expectNextCount(perBuffer)
				.then(() -> assertThat(taken).hasValueLessThanOrEqualTo(3))
				.thenRequest(10_000)
				.expectNextCount(10_000 - 1 - perBuffer)
				.verifyComplete();
		}

		@Test
		void isReadByTheReadersNotByWhoBringsIt() {
			Queue<Runnable> waiting = new ArrayDeque<>();
			AtomicLong taken = new AtomicLong();
			List<BatchRow> read = new ArrayList<>();
			byte[] file = bytes("\n".repeat(1_000) + ROW.repeat(100));

			rowsOf(new UploadReader(PROPERTIES, Schedulers.fromExecutor(waiting::add)),
					buffers(cut(file, 100)).doOnNext((buffer) -> taken.incrementAndGet()))
				.subscribe(read::add);

			assertThat(taken).as("what nobody has read yet").hasValue(1);
			for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
				next.run();
			}
			assertThat(read).hasSize(100);
		}

		@Test
		void stopsTheBodyWhenNobodyWantsMore() {
			TestPublisher<DataBuffer> body = TestPublisher.create();

			rowsOf(body.flux()).take(1)
				.as(StepVerifier::create)
				.then(() -> body.emit(Uploads.buffer(ROW.repeat(50))))
				.expectNextCount(1)
				.verifyComplete();

			body.assertCancelled();
		}

		@Test
		void stopsTheBodyWhenTheUseFails() {
			TestPublisher<DataBuffer> body = TestPublisher.createNoncompliant(TestPublisher.Violation.REQUEST_OVERFLOW);

			UploadReaderTests.this.reader
				.read(NDJSON, PLAIN, body.flux(), (upload) -> Mono.error(new IllegalStateException("no template")))
				.as(StepVerifier::create)
				.then(() -> body.next(Uploads.buffer(ROW.repeat(50))))
				.verifyErrorMessage("no template");

			body.assertCancelled();
		}

		@Test
		void saysWhereTheConnectionEnded() {
			rowsOf(buffers(bytes(ROW.repeat(50))).concatWith(Mono.error(new IOException("reset"))))
				.as(StepVerifier::create)
				.expectNextCount(50)
				.verifyErrorSatisfies((broken) -> assertThat(broken).isInstanceOf(UploadBroken.class)
					.hasRootCauseMessage("reset")
					.extracting((refused) -> ((UploadRefused) refused).row())
					.isEqualTo(51));
		}

	}

	@Nested
	class Buffers {

		private final NettyDataBufferFactory factory = new NettyDataBufferFactory(new UnpooledByteBufAllocator(true));

		private final List<ByteBuf> given = new ArrayList<>();

		private DataBuffer buffer(byte[] bytes) {
			DataBuffer buffer = this.factory.allocateBuffer(bytes.length).write(bytes);
			this.given.add(NettyDataBufferFactory.toByteBuf(buffer));
			return buffer;
		}

		private Flux<DataBuffer> body(int length) {
			return Flux.fromArray(cut(bytes(ROW.repeat(200)), length)).map(this::buffer);
		}

		private void assertAllGivenBack() {
			assertThat(this.given).isNotEmpty().allSatisfy((buffer) -> assertThat(buffer.refCnt()).isZero());
		}

		@Test
		void areGivenBackWhenAllIsRead() {
			rowsOf(body(100)).as(StepVerifier::create).expectNextCount(200).verifyComplete();

			assertAllGivenBack();
		}

		@Test
		void areGivenBackWhenNobodyWantsMore() {
			rowsOf(body(1_500)).as((rows) -> StepVerifier.create(rows, 1)).expectNextCount(1).thenCancel().verify();

			assertAllGivenBack();
		}

		@Test
		void areGivenBackWhenTheUploadIsRefused() {
			UploadReader two = new UploadReader(
					new UploadProperties(2, DataSize.ofMegabytes(1), DataSize.ofKilobytes(16), PROPERTIES.idleTimeout(),
							PROPERTIES.minRate(), PROPERTIES.longest(), PROPERTIES.readers()),
					Schedulers.immediate());

			rowsOf(two, body(1_500)).as(StepVerifier::create).expectNextCount(2).verifyError(TooManyRows.class);

			assertAllGivenBack();
		}

		@Test
		void areGivenBackWhenTheyComeTooLate() {
			TestPublisher<DataBuffer> body = TestPublisher.createNoncompliant(TestPublisher.Violation.REQUEST_OVERFLOW,
					TestPublisher.Violation.CLEANUP_ON_TERMINATE, TestPublisher.Violation.DEFER_CANCELLATION);

			rowsOf(body.flux()).as(StepVerifier::create)
				.then(() -> body.next(buffer(bytes("PK\u0003\u0004" + ROW.repeat(50)))))
				.verifyError(InvalidUploadEncoding.class);
			body.next(buffer(bytes(ROW)));

			assertAllGivenBack();
		}

	}

	@Nested
	class SlowSenders {

		private final Sinks.Many<DataBuffer> body = Sinks.many().unicast().onBackpressureBuffer();

		private void send(String text) {
			this.body.tryEmitNext(Uploads.buffer(text)).orThrow();
		}

		@Test
		void areGivenUpWhenTheySendNothing() {
			StepVerifier.withVirtualTime(() -> rowsOf(this.body.asFlux()))
				.expectSubscription()
				.expectNoEvent(Duration.ofSeconds(29))
				.then(() -> send(ROW.repeat(50)))
				.expectNextCount(50)
				.expectNoEvent(Duration.ofMillis(29_999))
				.thenAwait(Duration.ofMillis(1))
				.verifyErrorSatisfies(
						(ex) -> assertThat(ex).isInstanceOfSatisfying(UploadTimedOut.class, (timedOut) -> {
							assertThat(timedOut.row()).isEqualTo(51);
							assertThat(timedOut.line()).isEqualTo(51);
						}).hasMessage("nothing for 30 seconds (expected: something)"));
			assertThat(this.body.currentSubscriberCount()).isZero();
		}

		@Test
		void areGivenUpWhenTheySendAByteNowAndThen() {
			StepVerifier
				.withVirtualTime(
						() -> rowsOf(Flux.interval(Duration.ofSeconds(10)).concatMap((tick) -> buffers(bytes(" ")))))
				.thenAwait(Duration.ofSeconds(40))
				.expectErrorMessage("less than 1024 bytes a second (expected: more)")
				.verify();
		}

		@Test
		void areNotBlamedForTheTimeInWhichNobodyAsks() {
			StepVerifier
				.withVirtualTime(() -> rowsOf(this.body.asFlux()), () -> VirtualTimeScheduler.getOrSet(false), 0)
				.then(() -> send(ROW.repeat(50)))
				.thenRequest(49)
				.expectNextCount(49)
				.expectNoEvent(Duration.ofMinutes(59))
				.thenRequest(1)
				.expectNextCount(1)
				.then(() -> send(ROW))
				.then(this.body::tryEmitComplete)
				.thenRequest(2)
				.expectNextCount(1)
				.verifyComplete();
		}

		@Test
		void areGivenUpWhenTheyAreNotDoneInTime() {
			String kilobytes = ROW.repeat(1_000);

			StepVerifier.withVirtualTime(
					() -> rowsOf(Flux.interval(Duration.ofSeconds(20)).concatMap((tick) -> buffers(bytes(kilobytes)))))
				.thenAwait(Duration.ofMinutes(60))
				.expectNextCount(179_000)
				.expectErrorMessage("more than 3600 seconds for all of it (expected: less, or compressed)")
				.verify();
		}

		@Test
		void mayTakeAsLongAsTheyKeepSending() {
			String kilobytes = ROW.repeat(1_000);

			StepVerifier
				.withVirtualTime(() -> rowsOf(
						Flux.interval(Duration.ofSeconds(20)).take(60).concatMap((tick) -> buffers(bytes(kilobytes)))))
				.thenAwait(Duration.ofSeconds(1_201))
				.expectNextCount(60_000)
				.verifyComplete();
		}

	}

}
