package com.banqup.invitations.cli.api;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the bytes that are taken from it. */
final class CountingStream extends FilterInputStream {

	private final AtomicLong count = new AtomicLong();

	CountingStream(InputStream in) {
		super(in);
	}

	long count() {
		return this.count.get();
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
