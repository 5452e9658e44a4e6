package com.banqup.invitations.dispatch.mail.content;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;
import org.jspecify.annotations.Nullable;

/**
 * The black and white modules of a QR code, with error correction level M.
 * <p>
 * Between texts of one length a code is linear in their bits, its error correction
 * included: every bit flips a pattern of its own. So the patterns of a length are found
 * out once, from codes of texts with one bit set, and a code is put together from them: a
 * hundredth of the work.
 *
 * @param rows a row's modules from its left, the lowest bit first; 1 is black
 */
@SuppressWarnings("ArrayRecordComponent")
record QrModules(long[] rows) {

	/** More have no place in a {@code long}. */
	private static final int MAX_WIDTH = Long.SIZE;

	/** Links have one length, and another one for each other length of a key's id. */
	private static final int MAX_LENGTHS = 4;

	private static final int MAX_LENGTH = 250;

	private static final int BITS = 7;

	/**
	 * Trying out all eight masks takes eight times as long, and what we encode is random:
	 * of 1,500 random links a reader missed 4 at first sight with this mask, 14 with the
	 * mask chosen by the standard's penalties. With one mask codes are linear, too.
	 */
	private static final Map<EncodeHintType, Object> HINTS = Map.of(EncodeHintType.CHARACTER_SET, "ISO-8859-1",
			EncodeHintType.QR_MASK_PATTERN, 1);

	/** By length. */
	private static final Map<Integer, Patterns> PATTERNS = new ConcurrentHashMap<>();

	/** How many modules a row has, and how many rows there are. */
	int width() {
		return this.rows.length;
	}

	/**
	 * The code of this text.
	 * @throws IllegalArgumentException when the text is too long for a code that is read
	 * from a screen with ease
	 */
	static QrModules of(String text) {
		if (text.length() > MAX_LENGTH) {
			throw new IllegalArgumentException("no QR code holds %d characters".formatted(text.length()));
		}
		Patterns patterns = isLinear(text) ? patterns(text.length()) : null;
		return (patterns != null) ? patterns.of(text) : encode(text);
	}

	/** Capital letters and digits alone have an encoding of their own. */
	private static boolean isLinear(String text) {
		return text.length() > 1 && text.chars().allMatch((c) -> c < 1 << BITS)
				&& text.chars().anyMatch(Character::isLowerCase);
	}

	private static @Nullable Patterns patterns(int length) {
		Patterns known = PATTERNS.get(length);
		if (known == null && PATTERNS.size() < MAX_LENGTHS) {
			known = Patterns.of(length);
			PATTERNS.put(length, known);
		}
		return known;
	}

	/** As ZXing makes it. */
	static QrModules encode(String text) {
		try {
			return of(Encoder.encode(text, ErrorCorrectionLevel.M, HINTS).getMatrix());
		}
		catch (WriterException ex) {
			throw new IllegalArgumentException("no QR code holds %d characters".formatted(text.length()), ex);
		}
	}

	private static QrModules of(ByteMatrix matrix) {
		if (matrix.getWidth() > MAX_WIDTH) {
			throw new IllegalArgumentException(
					"modules: %d (expected: at most %d)".formatted(matrix.getWidth(), MAX_WIDTH));
		}
		long[] rows = new long[matrix.getHeight()];
		for (int y = 0; y < rows.length; y++) {
			for (int x = 0; x < matrix.getWidth(); x++) {
				rows[y] |= (long) matrix.get(x, y) << x;
			}
		}
		return new QrModules(rows);
	}

	/**
	 * What the bits of texts of one length do.
	 *
	 * @param none the code of a text without a bit set
	 * @param bits what each bit flips in it, {@link #BITS} for a character
	 */
	private record Patterns(long[] none, long[][] bits) {

		static Patterns of(int length) {
			char[] text = new char[length];
			long[] none = encode(new String(text)).rows();
			long[][] bits = new long[BITS * length][];
			for (int i = 0; i < bits.length; i++) {
				text[i / BITS] = (char) (1 << i % BITS);
				bits[i] = encode(new String(text)).rows();
				flip(bits[i], none);
				text[i / BITS] = 0;
			}
			return new Patterns(none, bits);
		}

		QrModules of(String text) {
			long[] rows = Arrays.copyOf(this.none, this.none.length);
			for (int i = 0; i < text.length(); i++) {
				for (int left = text.charAt(i); left != 0; left &= left - 1) {
					flip(rows, this.bits[BITS * i + Integer.numberOfTrailingZeros(left)]);
				}
			}
			return new QrModules(rows);
		}

		private static void flip(long[] rows, long[] pattern) {
			for (int y = 0; y < rows.length; y++) {
				rows[y] ^= pattern[y];
			}
		}

	}

}
