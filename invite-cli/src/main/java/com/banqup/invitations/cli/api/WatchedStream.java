package com.banqup.invitations.cli.api;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Bytes of an answer; a server that sends nothing for too long counts as gone. */
final class WatchedStream extends FilterInputStream {

	private final Duration silence;

	private volatile long lastHeard = System.nanoTime();

	private volatile boolean reading;

	private volatile boolean silent;

	private volatile boolean closed;

	WatchedStream(InputStream in, Duration silence) {
		super(in);
		this.silence = silence;
		Thread.ofVirtual().name("watch").start(this::watch);
	}

	/** Closes the stream under its reader, who may wait for longer than is allowed. */
	private void watch() {
		while (!this.closed) {
			long left = this.silence.toNanos() - (System.nanoTime() - this.lastHeard);
			if (left > 0 || !this.reading) {
				LockSupport.parkNanos(Math.max(left, TimeUnit.MILLISECONDS.toNanos(20)));
				continue;
			}
			this.silent = true;
			try {
				close();
			}
			catch (IOException ex) {
				// The reader sees it too.
			}
		}
	}

	@Override
	public int read() throws IOException {
		byte[] one = new byte[1];
		return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xFF;
	}

	@Override
	public int read(byte[] bytes, int offset, int length) throws IOException {
		this.lastHeard = System.nanoTime();
		this.reading = true;
		try {
			int read = super.read(bytes, offset, length);
			if (this.silent) {
				throw new IOException(silence());
			}
			return read;
		}
		catch (IOException ex) {
			throw this.silent ? new IOException(silence(), ex) : ex;
		}
		finally {
			this.reading = false;
		}
	}

	private String silence() {
		return "nothing came for " + this.silence.toMillis() / 1000.0 + " s";
	}

	@Override
	public void close() throws IOException {
		this.closed = true;
		super.close();
	}

}
