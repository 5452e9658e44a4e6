package com.banqup.invitations.cli.upload;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The first bytes of a stream, and no more, though it may have grown. */
final class FirstBytes extends FilterInputStream {

	private long left;

	FirstBytes(InputStream in, long count) {
		super(in);
		this.left = count;
	}

	@Override
	public int read() throws IOException {
		int read = (this.left > 0) ? super.read() : -1;
		if (read >= 0) {
			this.left--;
		}
		return read;
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		if (this.left <= 0) {
			return -1;
		}
		int read = super.read(bytes, offset, (int) Math.min(length, this.left));
		this.left -= Math.max(0, read);
		return read;
	}

}
