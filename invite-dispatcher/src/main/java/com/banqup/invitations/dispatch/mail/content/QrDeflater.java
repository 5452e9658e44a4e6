package com.banqup.invitations.dispatch.mail.content;

import java.util.Arrays;
import java.util.zip.Adler32;

/**
 * Compresses the picture of a QR code (RFC 1950, RFC 1951): pixels of one bit, four by
 * four of them for a module. A general compressor takes most of its time to find out what
 * is known here: there are but four kinds of bytes, and the second to fourth row of
 * pixels of a module are "the same as above". Makes one picture.
 */
final class QrDeflater {

	/** Pixels a module. */
	static final int SCALE = 4;

	/** The white border that readers need, in modules (ISO/IEC 18004 section 5.3.8). */
	static final int QUIET_ZONE = 4;

	private static final int DIFFERENCE_TO_ROW_ABOVE = 2;

	/** Bytes of two modules each, white (0) or black (1); the first one is bit 0. */
	private static final int[] PAIRS = { 0x00, 0xF0, 0x0F, 0xFF };

	/*
	 * The codes of RFC 1951 section 3.2.2, last bit first: 2 bits for white, 3 for
	 * others.
	 */
	private static final int WHITE = 0b00;

	private static final int WHITE_BITS = 2;

	private static final int[] PAIR_CODES = { WHITE, 0b001, 0b110, 0b101 };

	private static final int SAME_AS_ABOVE = 0b010;

	private static final int END = 0b011;

	private static final int REPETITION = 0b111;

	private static final int BITS = 3;

	private final long[] modules;

	/** In bytes: the filter, and two modules a byte. */
	private final int rowSize;

	private final Adler32 checksum = new Adler32();

	private final byte[] out;

	private int size;

	private long bits;

	private int bitCount;

	private QrDeflater(long[] modules) {
		this.modules = modules;
		this.rowSize = 1 + (modules.length + 2 * QUIET_ZONE + 1) / 2;
		this.out = new byte[256 + this.rowSize * (modules.length + 2 * QUIET_ZONE + SCALE)];
	}

	/** The rows of the picture's pixels, compressed. */
	static byte[] deflate(QrModules modules) {
		return new QrDeflater(modules.rows()).deflate();
	}

	private byte[] deflate() {
		put(0x0178, 16);
		Repetition length = Repetition.ofLength((SCALE - 1) * this.rowSize);
		Repetition distance = Repetition.ofDistance(SCALE * this.rowSize);
		writeCodes(length.symbol(), distance.symbol());
		byte[] same = rowsLikeAbove();
		byte[] row = new byte[this.rowSize];
		for (int y = -QUIET_ZONE; y < this.modules.length + QUIET_ZONE; y++) {
			writeRow((y >= 0 && y < this.modules.length) ? this.modules[y] : 0, row);
			this.checksum.update(row);
			this.checksum.update(same);
			if (y == -QUIET_ZONE) {
				writeRowsLikeAbove();
			}
			else {
				put(REPETITION, BITS);
				put(length.extra(), length.extraBits());
				// The only distance there is has a code of one bit.
				put(0, 1);
				put(distance.extra(), distance.extraBits());
			}
		}
		put(END, BITS);
		return finish();
	}

	/** The lengths of the codes, by themselves in codes (RFC 1951 section 3.2.7). */
	private void writeCodes(int repetition, int distance) {
		put(0b101, 3);
		put(repetition + 1 - 257, 5);
		put(distance, 5);
		int[] order = { 16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1 };
		put(order.length - 4, 4);
		for (int symbol : order) {
			put(switch (symbol) {
				case 0, 18 -> 2;
				case 1, 2, 3, 17 -> 3;
				default -> 0;
			}, 3);
		}
		int[] lengths = new int[repetition + 1 + distance + 1];
		lengths[0x00] = WHITE_BITS;
		for (int symbol : new int[] { DIFFERENCE_TO_ROW_ABOVE, 0x0F, 0xF0, 0xFF, 256, repetition }) {
			lengths[symbol] = BITS;
		}
		lengths[repetition + 1 + distance] = 1;
		writeLengths(lengths);
	}

	private void writeLengths(int[] lengths) {
		int i = 0;
		while (i < lengths.length) {
			int zeros = 0;
			while (lengths[i + zeros] == 0 && zeros < 138) {
				zeros++;
			}
			if (zeros >= 11) {
				put(0b10, 2);
				put(zeros - 11, 7);
			}
			else if (zeros >= 3) {
				put(0b111, 3);
				put(zeros - 3, 3);
			}
			else if (zeros > 0) {
				put(0, 2 * zeros);
			}
			else {
				put(switch (lengths[i]) {
					case 1 -> 0b001;
					case 2 -> 0b101;
					default -> 0b011;
				}, 3);
				zeros = 1;
			}
			i += zeros;
		}
	}

	/** The first row of pixels of a row of modules. */
	private void writeRow(long row, byte[] bytes) {
		int quiet = 1 + QUIET_ZONE / 2;
		int pairs = (this.modules.length + 1) / 2;
		put(WHITE, quiet * WHITE_BITS);
		long left = row;
		for (int i = 0; i < pairs; i++) {
			int pair = (int) left & 3;
			bytes[quiet + i] = (byte) PAIRS[pair];
			put(PAIR_CODES[pair], (pair == 0) ? WHITE_BITS : BITS);
			left >>>= 2;
		}
		put(WHITE, (this.rowSize - quiet - pairs) * WHITE_BITS);
	}

	private void writeRowsLikeAbove() {
		for (int i = 1; i < SCALE; i++) {
			put(SAME_AS_ABOVE, BITS);
			for (int white = 1; white < this.rowSize; white++) {
				put(WHITE, WHITE_BITS);
			}
		}
	}

	private byte[] rowsLikeAbove() {
		byte[] rows = new byte[(SCALE - 1) * this.rowSize];
		for (int i = 0; i < rows.length; i += this.rowSize) {
			rows[i] = DIFFERENCE_TO_ROW_ABOVE;
		}
		return rows;
	}

	private void put(int value, int count) {
		this.bits |= (long) value << this.bitCount;
		this.bitCount += count;
		while (this.bitCount >= Byte.SIZE) {
			this.out[this.size++] = (byte) this.bits;
			this.bits >>>= Byte.SIZE;
			this.bitCount -= Byte.SIZE;
		}
	}

	private byte[] finish() {
		put(0, -this.bitCount & 7);
		put(Integer.reverseBytes((int) this.checksum.getValue()) & 0xFFFF, 16);
		put(Integer.reverseBytes((int) this.checksum.getValue()) >>> 16, 16);
		return Arrays.copyOf(this.out, this.size);
	}

	/**
	 * How a length or a distance is written (RFC 1951 section 3.2.5).
	 *
	 * @param symbol stands for a range
	 * @param extra where in the range
	 * @param extraBits how many bits that takes
	 */
	private record Repetition(int symbol, int extra, int extraBits) {

		/** From 11 on, four symbols have the same number of extra bits. */
		static Repetition ofLength(int length) {
			int extraBits = 29 - Integer.numberOfLeadingZeros(length - 3);
			int offset = length - 3;
			return new Repetition(257 + 4 * extraBits + (offset >>> extraBits), offset & (1 << extraBits) - 1,
					extraBits);
		}

		/** From 5 on, two symbols have. */
		static Repetition ofDistance(int distance) {
			int offset = distance - 1;
			int extraBits = 30 - Integer.numberOfLeadingZeros(offset);
			return new Repetition(2 * extraBits + (offset >>> extraBits), offset & (1 << extraBits) - 1, extraBits);
		}

	}

}
