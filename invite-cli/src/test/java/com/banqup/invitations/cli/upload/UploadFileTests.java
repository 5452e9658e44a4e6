package com.banqup.invitations.cli.upload;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import com.banqup.invitations.cli.api.Body;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class UploadFileTests {

	private static final List<String> PURPOSE = List.of("template", "invite");

	private static final LongConsumer IGNORED = (read) -> {
	};

	@TempDir
	private Path folder;

	@Test
	void theSameContentForTheSamePurposeHasTheSameKeyCompressedOrNot() throws IOException {
		UploadFile plain = file("a.csv", "name,email\n".getBytes());
		UploadFile copy = file("b.csv", "name,email\n".getBytes());
		UploadFile gzipped = file("a.csv.gz", gzip("name,email\n".getBytes()));

		assertThat(copy.idempotencyKey(PURPOSE, IGNORED)).isEqualTo(plain.idempotencyKey(PURPOSE, IGNORED))
			.isEqualTo(gzipped.idempotencyKey(PURPOSE, IGNORED));
	}

	@Test
	void anotherContentOrPurposeHasAnotherKey() throws IOException {
		UploadFile file = file("a.csv", "name,email\n".getBytes());

		assertThat(List.of(file.idempotencyKey(PURPOSE, IGNORED),
				file.idempotencyKey(List.of("template", "dry-run"), IGNORED),
				file.idempotencyKey(List.of("templateinvite"), IGNORED),
				file("b.csv", "name,email".getBytes()).idempotencyKey(PURPOSE, IGNORED)))
			.doesNotHaveDuplicates();
	}

	@Test
	void whatIsCompressedIsSentAsItIs() throws IOException {
		byte[] gzipped = gzip("name,email\n".getBytes());

		UploadFile file = UploadFile.of("a", Files.write(this.folder.resolve("a.csv.gz"), gzipped), RowFormat.CSV,
				true);

		assertThat(file.body(new AtomicLong()).gzip()).isTrue();
		assertThat(file.body(new AtomicLong()).contentLength()).isEqualTo(gzipped.length);
		try (InputStream in = file.body(new AtomicLong()).source().open()) {
			assertThat(in.readAllBytes()).isEqualTo(gzipped);
		}
	}

	@Test
	void tellsHowMuchOfTheFileIsTakenEvenIfLessIsSent() throws IOException {
		AtomicLong taken = new AtomicLong(7);
		UploadFile file = UploadFile.of("a", Files.write(this.folder.resolve("a.csv"), new byte[1_000_000]),
				RowFormat.CSV, true);

		try (InputStream in = file.body(taken).source().open()) {
			assertThat(taken).hasValue(0);
			assertThat(in.readAllBytes()).hasSizeLessThan(10_000);
		}
		assertThat(taken).hasValue(1_000_000);
	}

	@Test
	void aKeyOfABrokenArchiveIsNoKey() throws IOException {
		byte[] gzipped = gzip(new byte[1000]);
		UploadFile file = file("a.csv.gz", Arrays.copyOf(gzipped, gzipped.length - 6));

		assertThatExceptionOfType(IOException.class).isThrownBy(() -> file.idempotencyKey(PURPOSE, IGNORED));
	}

	@Test
	void noticesThatTheFileChangedOrWentAway() throws IOException {
		UploadFile file = file("a.csv", "name,email\n".getBytes());
		file.requireUnchanged();

		Files.writeString(file.path(), "name,email\nmore,more@example.com\n");
		assertThatExceptionOfType(FileChanged.class).isThrownBy(file::requireUnchanged);

		Files.delete(file.path());
		assertThatExceptionOfType(FileChanged.class).isThrownBy(file::requireUnchanged);
	}

	@Test
	void sendsNoMoreOfAFileThatGrewThanItSaid() throws IOException {
		UploadFile file = file("a.csv", "name,email\n".getBytes());
		Files.writeString(file.path(), "more,more@example.com\n", StandardOpenOption.APPEND);

		Body body = file.body(new AtomicLong());
		try (InputStream in = body.source().open(); InputStream singly = body.source().open()) {
			assertThat(in.readAllBytes()).hasSize(11).hasSize((int) body.contentLength());
			for (int index = 0; index < 11; index++) {
				assertThat(singly.read()).isNotNegative();
			}
			assertThat(singly.read()).isEqualTo(-1);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 16 * 1024, 1_000_000 })
	void compressesOnTheWayWhatUnpacksToTheSame(int size) throws IOException {
		byte[] plain = new byte[size];
		new Random(size).nextBytes(plain);

		try (InputStream in = new GZIPInputStream(GzippedStream.of(new ByteArrayInputStream(plain)))) {
			assertThat(in.readAllBytes()).isEqualTo(plain);
		}
	}

	@Test
	void compressingCanBeGivenUpHalfway() throws IOException {
		InputStream in = GzippedStream.of(new ByteArrayInputStream(new byte[1_000_000]));

		assertThat(in.readNBytes(20)).hasSize(20);
		in.close();
	}

	@Test
	void keepsTheInputForItsOwnerOnlyAndNotForLong() throws IOException {
		Path file;
		try (SpooledInput input = SpooledInput.of(new ByteArrayInputStream("rows".getBytes()))) {
			file = input.file();

			assertThat(file).hasContent("rows");
			assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
		}
		assertThat(file).doesNotExist();
	}

	@ParameterizedTest
	@CsvSource({ "clients.csv, CSV", "Clients.CSV.GZ, CSV", "a.b/c.ndjson, NDJSON", "c.jsonl, NDJSON", "c.json, JSON" })
	void tellsTheFormatByTheName(String name, RowFormat format) {
		assertThat(RowFormat.ofName(name)).contains(format);
	}

	@ParameterizedTest
	@ValueSource(strings = { "clients", "clients.xlsx", "-", "csv.txt" })
	void doesNotGuessTheFormat(String name) {
		assertThat(RowFormat.ofName(name)).isEmpty();
	}

	private UploadFile file(String name, byte[] content) throws IOException {
		return UploadFile.of(name, Files.write(this.folder.resolve(name), content), RowFormat.CSV, false);
	}

	private static byte[] gzip(byte[] plain) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
			out.write(plain);
		}
		return bytes.toByteArray();
	}

}
