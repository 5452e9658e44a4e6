package com.banqup.invitations.cli.upload;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

import com.banqup.invitations.cli.api.Body;
import com.banqup.invitations.cli.api.CountingStream;

/**
 * A file of rows on the disk. It is read in pieces, as often as needed; never as a whole.
 *
 * @param name what to call it when talking to the user
 * @param gzipped whether the file itself is compressed
 * @param compress whether to compress it on the way
 */
public record UploadFile(String name, Path path, RowFormat format, boolean gzipped, boolean compress, long size,
		FileTime modified) {

	private static final int BUFFER = 64 * 1024;

	private static final int KEY_BYTES = 20;

	private static final long TELL_EVERY = 16L << 20;

	/**
	 * Looks at a file.
	 * @throws IOException if it cannot be read
	 */
	public static UploadFile of(String name, Path path, RowFormat format, boolean compress) throws IOException {
		boolean gzipped = isGzipped(path);
		return new UploadFile(name, path, format, gzipped, compress && !gzipped, Files.size(path),
				Files.getLastModifiedTime(path));
	}

	private static boolean isGzipped(Path path) throws IOException {
		try (InputStream in = Files.newInputStream(path)) {
			byte[] start = in.readNBytes(2);
			return start.length == 2 && (start[0] & 0xFF) == 0x1f && (start[1] & 0xFF) == 0x8b;
		}
	}

	/**
	 * A key that stands for this content, compressed or not, and this purpose: repeating
	 * a command goes on with what it began.
	 * @param purpose everything else that makes a request another one
	 * @param taken told now and then how much of a large file is read
	 * @throws IOException if the file cannot be read to its end
	 */
	public String idempotencyKey(List<String> purpose, LongConsumer taken) throws IOException {
		MessageDigest digest = sha256();
		byte[] buffer = new byte[BUFFER];
		AtomicLong count = new AtomicLong();
		long told = 0;
		try (InputStream file = new CountingStream(Files.newInputStream(this.path), count);
				InputStream in = this.gzipped ? new GZIPInputStream(file, BUFFER) : file) {
			for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
				digest.update(buffer, 0, read);
				if (count.get() - told >= TELL_EVERY) {
					told = count.get();
					taken.accept(told);
				}
			}
		}
		catch (EOFException | ZipException ex) {
			throw new IOException(
					this.name + " is compressed, and cannot be decompressed to its end: it is cut off or " + "damaged",
					ex);
		}
		byte[] content = digest.digest();
		digest.update(content);
		purpose.forEach((part) -> digest.update(("\0" + part).getBytes(StandardCharsets.UTF_8)));
		return "invite-" + HexFormat.of().formatHex(digest.digest(), 0, KEY_BYTES);
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * What to send: as much as the file had when its key was made.
	 * @param taken is set to how much of the file, of {@link #size}, is taken
	 */
	Body body(AtomicLong taken) {
		return new Body(this.format.mediaType(), this.gzipped || this.compress, this.compress ? -1 : this.size, () -> {
			InputStream file = new CountingStream(new FirstBytes(Files.newInputStream(this.path), this.size), taken);
			return this.compress ? GzippedStream.of(file) : file;
		});
	}

	/** Looks whether the file is as it was. */
	public boolean isUnchanged() {
		try {
			return Files.size(this.path) == this.size && Files.getLastModifiedTime(this.path).equals(this.modified);
		}
		catch (IOException ex) {
			return false; // It is gone.
		}
	}

	/**
	 * Requires that the file is as it was.
	 * @throws FileChanged if it is not
	 */
	void requireUnchanged() {
		if (!isUnchanged()) {
			throw new FileChanged(this.name);
		}
	}

}
