package com.banqup.invitations.dispatch.mail.content;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

import com.google.zxing.EncodeHintType;
import com.google.zxing.WriterException;
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel;
import com.google.zxing.qrcode.encoder.ByteMatrix;
import com.google.zxing.qrcode.encoder.Encoder;

/**
 * A QR code as a small PNG picture: two colours, one bit a pixel, with its quiet zone.
 *
 * @param png the picture
 * @param size its width and height in pixels
 */
@SuppressWarnings("ArrayRecordComponent")
record QrCode(byte[] png, int size) {

	/** Pixels a module: large enough to scan from a screen. */
	private static final int SCALE = 4;

	/** The white border that readers need, in modules (ISO/IEC 18004 section 5.3.8). */
	private static final int QUIET_ZONE = 4;

	/**
	 * Trying out all eight masks takes eight times as long, and what we encode is random:
	 * of 1,500 random links a reader missed 4 at first sight with this mask, 14 with the
	 * mask chosen by the standard's penalties.
	 */
	private static final Map<EncodeHintType, Object> HINTS = Map.of(EncodeHintType.CHARACTER_SET, "ISO-8859-1",
			EncodeHintType.QR_MASK_PATTERN, 1);

	private static final byte[] SIGNATURE = { (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n' };

	private static final byte[] WHITE_AND_BLACK = { (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0, 0, 0 };

	private static final byte NOT_FILTERED = 0;

	private static final byte DIFFERENCE_TO_ROW_ABOVE = 2;

	/**
	 * The code that a phone reads this text from, with error correction level M.
	 * @throws IllegalArgumentException when the text is too long for a code
	 */
	static QrCode of(String text) {
		try {
			return of(Encoder.encode(text, ErrorCorrectionLevel.M, HINTS).getMatrix());
		}
		catch (WriterException ex) {
			throw new IllegalArgumentException("no QR code holds %d characters".formatted(text.length()), ex);
		}
	}

	private static QrCode of(ByteMatrix modules) {
		int size = (modules.getWidth() + 2 * QUIET_ZONE) * SCALE;
		byte[] pixels = deflate(rows(modules, size));
		ByteBuffer png = ByteBuffer.allocate(SIGNATURE.length + 4 * 12 + 13 + WHITE_AND_BLACK.length + pixels.length);
		png.put(SIGNATURE);
		byte[] header = ByteBuffer.allocate(13).putInt(size).putInt(size).put((byte) 1).put((byte) 3).array();
		chunk(png, "IHDR", header);
		chunk(png, "PLTE", WHITE_AND_BLACK);
		chunk(png, "IDAT", pixels);
		chunk(png, "IEND", new byte[0]);
		return new QrCode(png.array(), size);
	}

	/** A module is several rows high: all but the first are "the same as above". */
	private static byte[] rows(ByteMatrix modules, int size) {
		int rowBytes = 1 + (size + 7) / 8;
		byte[] rows = new byte[size * rowBytes];
		for (int y = 0; y < size; y++) {
			int start = y * rowBytes;
			if (y % SCALE != 0) {
				rows[start] = DIFFERENCE_TO_ROW_ABOVE;
				continue;
			}
			rows[start] = NOT_FILTERED;
			int row = y / SCALE - QUIET_ZONE;
			if (row >= 0 && row < modules.getHeight()) {
				draw(modules.getArray()[row], rows, start + 1);
			}
		}
		return rows;
	}

	/** Four pixels a module are half a byte. */
	private static void draw(byte[] modules, byte[] rows, int start) {
		for (int x = 0; x < modules.length; x++) {
			if (modules[x] == 1) {
				int module = x + QUIET_ZONE;
				rows[start + module / 2] |= (byte) ((module % 2 == 0) ? 0xF0 : 0x0F);
			}
		}
	}

	private static byte[] deflate(byte[] bytes) {
		Deflater deflater = new Deflater(Deflater.BEST_SPEED);
		try {
			deflater.setInput(bytes);
			deflater.finish();
			byte[] deflated = new byte[bytes.length + 64];
			int length = 0;
			while (!deflater.finished()) {
				length += deflater.deflate(deflated, length, deflated.length - length);
			}
			return Arrays.copyOf(deflated, length);
		}
		finally {
			deflater.end();
		}
	}

	private static void chunk(ByteBuffer png, String type, byte[] data) {
		png.putInt(data.length);
		int start = png.position();
		png.put(type.getBytes(StandardCharsets.US_ASCII)).put(data);
		CRC32 checksum = new CRC32();
		checksum.update(png.array(), start, png.position() - start);
		png.putInt((int) checksum.getValue());
	}

}
