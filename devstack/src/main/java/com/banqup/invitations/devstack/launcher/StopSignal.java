package com.banqup.invitations.devstack.launcher;

import java.util.List;
import java.util.concurrent.CountDownLatch;

import sun.misc.Signal;

/**
 * Turns the signals that end programs into a request to stop, so that the parts stop one
 * after the other. Whoever asks again does not want to wait: every process is killed.
 */
final class StopSignal {

	private static final int IMPATIENT = 130;

	private final CountDownLatch requested = new CountDownLatch(1);

	/** Listens from now on: Ctrl-C, {@code kill}, the terminal's end. */
	static StopSignal install() {
		StopSignal stop = new StopSignal();
		for (String name : List.of("INT", "TERM", "HUP")) {
			Signal.handle(new Signal(name), (signal) -> stop.received());
		}
		return stop;
	}

	/** Also stops when the script that started this process is gone. */
	void watch(ProcessHandle script) {
		script.onExit().thenRun(this.requested::countDown);
	}

	/** Asks to stop. */
	void request() {
		this.requested.countDown();
	}

	boolean isRequested() {
		return this.requested.getCount() == 0;
	}

	/** Waits until somebody asks to stop. */
	void await() throws InterruptedException {
		this.requested.await();
	}

	private void received() {
		if (isRequested()) {
			ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
			Runtime.getRuntime().halt(IMPATIENT);
		}
		request();
	}

}
