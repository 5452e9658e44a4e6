package com.banqup.invitations.cli.upload;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterInputStream;

/**
 * Compresses what is read from it on the way (RFC 1952): the JDK does so for writers
 * only.
 */
final class GzippedStream extends FilterInputStream {

	private static final byte[] HEADER = { 0x1f, (byte) 0x8b, Deflater.DEFLATED, 0, 0, 0, 0, 0, 0, (byte) 0xff };

	private static final int BUFFER = 16 * 1024;

	private final Deflater deflater;

	private GzippedStream(InputStream gzipped, Deflater deflater) {
		super(gzipped);
		this.deflater = deflater;
	}

	/** A stream of the compressed bytes; closing it closes the plain one. */
	static InputStream of(InputStream plain) {
		Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
		CheckedInputStream checked = new CheckedInputStream(plain, new CRC32());
		InputStream deflated = new DeflaterInputStream(checked, deflater, BUFFER);
		return new GzippedStream(new SequenceInputStream(inTurn(List.of(() -> new ByteArrayInputStream(HEADER),
				() -> deflated, () -> new ByteArrayInputStream(trailer(checked, deflater))))), deflater);
	}

	/** The trailer is known only when the rest is read. */
	private static Enumeration<InputStream> inTurn(List<Supplier<InputStream>> parts) {
		Iterator<InputStream> streams = parts.stream().map(Supplier::get).iterator();
		return new Enumeration<>() {

			@Override
			public boolean hasMoreElements() {
				return streams.hasNext();
			}

			@Override
			public InputStream nextElement() {
				return streams.next();
			}

		};
	}

	private static byte[] trailer(CheckedInputStream checked, Deflater deflater) {
		return ByteBuffer.allocate(8)
			.order(ByteOrder.LITTLE_ENDIAN)
			.putInt((int) checked.getChecksum().getValue())
			.putInt((int) deflater.getBytesRead())
			.array();
	}

	@Override
	public void close() throws IOException {
		super.close();
		this.deflater.end();
	}

}
