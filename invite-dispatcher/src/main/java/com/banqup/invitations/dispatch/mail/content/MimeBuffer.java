package com.banqup.invitations.dispatch.mail.content;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing array of bytes. For one thread. */
final class MimeBuffer {

	private static final int LINE = 76;

	private static final byte[] BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
		.getBytes(StandardCharsets.US_ASCII);

	private byte[] bytes;

	private int size;

	MimeBuffer(int capacity) {
		this.bytes = new byte[capacity];
	}

	byte[] array() {
		return this.bytes;
	}

	int size() {
		return this.size;
	}

	/** Writes text that is known to be ASCII; anything else becomes a question mark. */
	MimeBuffer ascii(String text) {
		byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
		return raw(ascii, ascii.length);
	}

	MimeBuffer utf8(String text) {
		byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
		return raw(utf8, utf8.length);
	}

	MimeBuffer raw(byte[] source, int length) {
		reserve(length);
		System.arraycopy(source, 0, this.bytes, this.size, length);
		this.size += length;
		return this;
	}

	/** Makes room, after which {@link #put} may be called that often. */
	void reserve(int count) {
		if (this.size + count > this.bytes.length) {
			this.bytes = Arrays.copyOf(this.bytes, Math.max(2 * this.bytes.length, this.size + count));
		}
	}

	void put(int value) {
		this.bytes[this.size++] = (byte) value;
	}

	/** The byte written this far back, -1 when there is none. */
	int last(int back) {
		return (this.size < back) ? -1 : this.bytes[this.size - back];
	}

	void drop(int count) {
		this.size -= count;
	}

	/** Writes Base64 in lines of 76 characters (RFC 2045 section 6.8). */
	MimeBuffer base64(byte[] source) {
		int length = source.length;
		reserve((length + 2) / 3 * 4 / LINE * 2 + (length + 2) / 3 * 4 + 2);
		int column = 0;
		for (int i = 0; i < length; i += 3) {
			if (column == LINE) {
				put('\r');
				put('\n');
				column = 0;
			}
			int rest = length - i;
			int group = (source[i] & 0xFF) << 16 | ((rest > 1) ? (source[i + 1] & 0xFF) << 8 : 0)
					| ((rest > 2) ? source[i + 2] & 0xFF : 0);
			put(BASE64[group >> 18]);
			put(BASE64[group >> 12 & 63]);
			put((rest > 1) ? BASE64[group >> 6 & 63] : '=');
			put((rest > 2) ? BASE64[group & 63] : '=');
			column += 4;
		}
		put('\r');
		put('\n');
		return this;
	}

}
