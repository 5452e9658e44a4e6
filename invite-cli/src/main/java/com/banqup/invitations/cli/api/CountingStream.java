package com.banqup.invitations.cli.api;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the bytes that are taken from it. */
public final class CountingStream extends FilterInputStream {

	private final AtomicLong count;

	/** A stream that counts from 0 on, into {@code count}. */
	public CountingStream(InputStream in, AtomicLong count) {
		super(in);
		this.count = count;
		count.set(0);
	}

	@Override
	public int read() throws IOException {
		int read = super.read();
		if (read >= 0) {
			this.count.incrementAndGet();
		}
		return read;
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		int read = super.read(bytes, offset, length);
		this.count.addAndGet(Math.max(0, read));
		return read;
	}

}
