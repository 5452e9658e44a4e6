package com.banqup.invitations.dispatch.mail.content;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * A QR code as a small PNG picture: two colours, one bit a pixel, with its quiet zone.
 *
 * @param png the picture
 * @param size its width and height in pixels
 */
@SuppressWarnings("ArrayRecordComponent")
record QrCode(byte[] png, int size) {

	private static final byte[] SIGNATURE = { (byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n' };

	private static final byte[] WHITE_AND_BLACK = { (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0, 0, 0 };

	/**
	 * The code that a phone reads this text from, with error correction level M.
	 * @throws IllegalArgumentException when the text is too long for a code
	 */
	static QrCode of(String text) {
		QrModules modules = QrModules.of(text);
		int size = (modules.width() + 2 * QrDeflater.QUIET_ZONE) * QrDeflater.SCALE;
		byte[] pixels = QrDeflater.deflate(modules);
		ByteBuffer png = ByteBuffer.allocate(SIGNATURE.length + 4 * 12 + 13 + WHITE_AND_BLACK.length + pixels.length);
		png.put(SIGNATURE);
		byte[] header = ByteBuffer.allocate(13).putInt(size).putInt(size).put((byte) 1).put((byte) 3).array();
		chunk(png, "IHDR", header);
		chunk(png, "PLTE", WHITE_AND_BLACK);
		chunk(png, "IDAT", pixels);
		chunk(png, "IEND", new byte[0]);
		return new QrCode(png.array(), size);
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
