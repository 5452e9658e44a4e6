package com.banqup.invitations.api.batch.reading;

import java.util.Arrays;

/**
 * Looks at the start of an upload before anything is made of it: whether it is text at
 * all, and UTF-8. A byte order mark is taken off.
 */
final class FirstBytes {

	/** What is looked at, unless the upload is shorter. */
	static final int LENGTH = 1_024;

	private static final byte[] NONE = new byte[0];

	private static final int[] UTF_8_MARK = { 0xEF, 0xBB, 0xBF };

	private static final int[] UTF_16_LITTLE_ENDIAN = { 0xFF, 0xFE };

	private static final int[] UTF_16_BIG_ENDIAN = { 0xFE, 0xFF };

	private static final int[] UTF_32_BIG_ENDIAN = { 0, 0, 0xFE, 0xFF };

	private static final int[] ZIP = { 'P', 'K', 3, 4 };

	private static final int[] EMPTY_ZIP = { 'P', 'K', 5, 6 };

	private static final int[] OLD_EXCEL = { 0xD0, 0xCF, 0x11, 0xE0 };

	private static final int[] PDF = { '%', 'P', 'D', 'F' };

	private static final int[] GZIP = { 0x1F, 0x8B };

	private byte[] held = NONE;

	private boolean passed;

	/** What of the bytes, and of those held before, can be read on. */
	byte[] pass(byte[] bytes) {
		if (this.passed) {
			return bytes;
		}
		byte[] all = Arrays.copyOf(this.held, this.held.length + bytes.length);
		System.arraycopy(bytes, 0, all, this.held.length, bytes.length);
		if (all.length < LENGTH) {
			this.held = all;
			return NONE;
		}
		return checked(all);
	}

	/** What is held when no more bytes come. */
	byte[] passRest() {
		return this.passed ? NONE : checked(this.held);
	}

	private byte[] checked(byte[] bytes) {
		this.passed = true;
		this.held = NONE;
		byte[] text = startsWith(bytes, UTF_8_MARK) ? Arrays.copyOfRange(bytes, UTF_8_MARK.length, bytes.length)
				: bytes;
		if (text.length == 0) {
			throw new EmptyUpload();
		}
		requireText(text);
		return text;
	}

	private static void requireText(byte[] bytes) {
		if (startsWith(bytes, ZIP) || startsWith(bytes, EMPTY_ZIP) || startsWith(bytes, OLD_EXCEL)) {
			throw new InvalidUploadEncoding(
					"an Excel workbook or another archive (expected: UTF-8 text; in Excel, save the sheet as \"CSV UTF-8\")");
		}
		if (startsWith(bytes, PDF)) {
			throw new InvalidUploadEncoding("a PDF (expected: UTF-8 text)");
		}
		if (startsWith(bytes, GZIP)) {
			throw new InvalidUploadEncoding(
					"compressed with gzip (expected: UTF-8 text, or the header Content-Encoding: gzip)");
		}
		if (startsWith(bytes, UTF_16_LITTLE_ENDIAN) || startsWith(bytes, UTF_16_BIG_ENDIAN)
				|| startsWith(bytes, UTF_32_BIG_ENDIAN)) {
			throw new InvalidUploadEncoding(
					"UTF-16 or UTF-32 (expected: UTF-8; in Excel, save the sheet as \"CSV UTF-8\")");
		}
		for (int index = 0; index < Math.min(bytes.length, LENGTH); index++) {
			if (bytes[index] == 0) {
				throw new InvalidUploadEncoding("binary, or not UTF-8 (expected: UTF-8 text)");
			}
		}
	}

	private static boolean startsWith(byte[] bytes, int[] start) {
		if (bytes.length < start.length) {
			return false;
		}
		for (int index = 0; index < start.length; index++) {
			if ((bytes[index] & 0xFF) != start[index]) {
				return false;
			}
		}
		return true;
	}

}
