package com.banqup.invitations.api.batch.reading;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;

import com.banqup.invitations.api.batch.BatchRow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

import org.springframework.http.HttpHeaders;
import org.springframework.util.unit.DataSize;

import static com.banqup.invitations.api.batch.reading.Uploads.NDJSON;
import static com.banqup.invitations.api.batch.reading.Uploads.PROPERTIES;
import static com.banqup.invitations.api.batch.reading.Uploads.buffers;
import static com.banqup.invitations.api.batch.reading.Uploads.bytes;
import static com.banqup.invitations.api.batch.reading.Uploads.cut;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class GunzipTests {

	private static final byte[] ROWS = bytes("{\"name\":\"Zoë\",\"email\":\"a@example.com\"}\n".repeat(3));

	static byte[] gzip(byte[] bytes) {
		ByteArrayOutputStream file = new ByteArrayOutputStream();
		try (GZIPOutputStream gzip = new GZIPOutputStream(file)) {
			gzip.write(bytes);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return file.toByteArray();
	}

	private static byte[] joined(byte[]... parts) {
		ByteArrayOutputStream all = new ByteArrayOutputStream();
		Arrays.stream(parts).forEach(all::writeBytes);
		return all.toByteArray();
	}

	private static HttpHeaders headers(String encoding) {
		HttpHeaders headers = new HttpHeaders();
		headers.set(HttpHeaders.CONTENT_ENCODING, encoding);
		return headers;
	}

	private static List<BatchRow> rows(byte[]... pieces) {
		return Uploads.read(PROPERTIES, NDJSON, headers("gzip"), pieces).rows();
	}

	@ParameterizedTest
	@ValueSource(strings = { "gzip", "x-gzip", "GZIP" })
	void decompresses(String encoding) {
		assertThat(Uploads.read(PROPERTIES, NDJSON, headers(encoding), gzip(ROWS)).rows())
			.isEqualTo(Uploads.rows(NDJSON, ROWS));
	}

	@Test
	void decompressesWhereverTheNetworkCuts() {
		byte[] file = joined(gzip(ROWS), gzip(new byte[0]), withEverythingInTheHeader());
		List<BatchRow> whole = rows(file);
		assertThat(whole).hasSize(6);

		for (int at = 0; at <= file.length; at++) {
			assertThat(rows(Arrays.copyOf(file, at), Arrays.copyOfRange(file, at, file.length))).isEqualTo(whole);
		}
		assertThat(rows(cut(file, 1))).isEqualTo(whole);
	}

	/** Extra field, name, comment and checksum of the header. */
	private static byte[] withEverythingInTheHeader() {
		byte[] plain = gzip(ROWS);
		byte[] header = joined(new byte[] { 0x1F, (byte) 0x8B, 8, 0x1E, 0, 0, 0, 0, 0, 3, 4, 0, 'e', 'x', 't', 'r' },
				bytes("name\u0000"), bytes("comment\u0000"));
		CRC32 checksum = new CRC32();
		checksum.update(header);
		byte[] sum = { (byte) checksum.getValue(), (byte) (checksum.getValue() >> 8) };
		return joined(header, sum, Arrays.copyOfRange(plain, 10, plain.length));
	}

	@Test
	void refusesWhatEndsInTheMiddle() {
		byte[] file = gzip(ROWS);

		for (int length = 1; length < file.length; length++) {
			byte[] start = Arrays.copyOf(file, length);
			assertThatExceptionOfType(InvalidUploadEncoding.class).isThrownBy(() -> rows(start))
				.withMessage("gzip: ends in the middle (expected: whole gzip members and nothing else)");
		}
	}

	@Test
	void takesNothingForEmpty() {
		assertThatExceptionOfType(EmptyUpload.class).isThrownBy(() -> rows(new byte[0]));
		assertThatExceptionOfType(EmptyUpload.class).isThrownBy(() -> rows(gzip(new byte[0])));
	}

	@Test
	void refusesWhatFollows() {
		assertThatExceptionOfType(InvalidUploadEncoding.class)
			.isThrownBy(() -> rows(joined(gzip(ROWS), bytes("something else"))))
			.withMessageStartingWith("gzip: followed by something else");
		for (String rest : new String[] { "\u0000", "\n", "xyz", "\u001F\n" }) {
			assertThatExceptionOfType(InvalidUploadEncoding.class)
				.isThrownBy(() -> rows(joined(gzip(ROWS), bytes(rest))))
				.withMessageStartingWith("gzip: followed by something else");
		}
	}

	@Test
	void refusesWhatIsNotGzip() {
		for (byte[] bytes : List.of(ROWS, bytes("a"))) {
			assertThatExceptionOfType(InvalidUploadEncoding.class).isThrownBy(() -> rows(bytes))
				.withMessageStartingWith("gzip: not gzip");
		}
	}

	@Test
	void refusesWhatIsDamaged() {
		byte[] file = gzip(ROWS);
		for (int index = 10; index < file.length; index++) {
			byte[] damaged = file.clone();
			damaged[index] ^= 0x10;
			assertThatExceptionOfType(InvalidUploadEncoding.class).as("byte %d", index)
				.isThrownBy(() -> rows(damaged))
				.withMessageStartingWith("gzip: ");
		}
	}

	@Test
	void refusesWhatSwellsBeyondTheSizeAtOnce() {
		UploadProperties small = new UploadProperties(10, DataSize.ofKilobytes(64), DataSize.ofKilobytes(64),
				PROPERTIES.idleTimeout(), PROPERTIES.minRate(), PROPERTIES.longest(), PROPERTIES.readers());
		byte[] blanks = gzip(bytes(" ".repeat(20_000_000)));
		AtomicLong taken = new AtomicLong();

		new UploadReader(small, Schedulers.immediate())
			.read(NDJSON, headers("gzip"), buffers(cut(blanks, 100)).doOnNext((buffer) -> taken.incrementAndGet()),
					(upload) -> Mono.just("used"))
			.as(StepVerifier::create)
			.verifyError(UploadTooLarge.class);

		assertThat(taken.get()).isLessThan(5);
	}

	@Test
	void makesNoMoreThanIsAskedFor() {
		try (Gunzip gunzip = new Gunzip()) {
			Iterator<byte[]> pieces = gunzip.piecesOf(gzip(new byte[100_000])).iterator();

			assertThat(pieces.next()).hasSize(16_384);
			gunzip.close();
			assertThat(pieces.hasNext()).isFalse();
		}
	}

	@Test
	void refusesMembersWithoutEnd() {
		UploadProperties small = new UploadProperties(10, DataSize.ofKilobytes(16), DataSize.ofKilobytes(16),
				PROPERTIES.idleTimeout(), PROPERTIES.minRate(), PROPERTIES.longest(), PROPERTIES.readers());
		byte[] empty = gzip(new byte[0]);
		byte[][] many = new byte[16_384 / empty.length + 1][];
		Arrays.fill(many, empty);

		assertThatExceptionOfType(UploadTooLarge.class)
			.isThrownBy(() -> Uploads.read(small, NDJSON, headers("gzip"), many));
	}

}
