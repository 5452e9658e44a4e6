package com.banqup.invitations.devstack;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/** A part that is made and started when it is first asked for, by whichever thread. */
final class StartedOnce<P extends Part> {

	private final Supplier<P> maker;

	private @Nullable P part;

	private boolean closed;

	StartedOnce(Supplier<P> maker) {
		this.maker = maker;
	}

	/** The part; whoever stopped it since finds it stopped. */
	synchronized P get() {
		if (this.closed) {
			throw new IllegalStateException("the stack is closed");
		}
		P present = this.part;
		if (present == null) {
			present = this.maker.get();
			present.start();
			this.part = present;
		}
		return present;
	}

	/** Stops the part for good. */
	synchronized void close() {
		this.closed = true;
		P present = this.part;
		if (present instanceof AutoCloseable closeable) {
			try {
				closeable.close();
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}
		else if (present != null) {
			present.stop();
		}
	}

}
