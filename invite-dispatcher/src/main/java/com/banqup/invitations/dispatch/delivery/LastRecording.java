package com.banqup.invitations.dispatch.delivery;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * When the service stops: records what is kept, once nobody sends any more and while the
 * database can still be reached.
 */
final class LastRecording implements SmartLifecycle {

	private static final Logger log = LoggerFactory.getLogger(LastRecording.class);

	private final RecordAttempts attempts;

	private volatile boolean running;

	LastRecording(RecordAttempts attempts) {
		this.attempts = attempts;
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		stop(() -> {
		});
	}

	@Override
	public void stop(Runnable callback) {
		this.running = false;
		this.attempts.recordRemaining()
			.doOnError((ex) -> log.error("{} batches of outcomes are lost, their mails may go out again: {}",
					this.attempts.kept(), ex.toString()))
			.onErrorComplete()
			.doFinally((signal) -> callback.run())
			.subscribe();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	/** After the consumers and cycles have stopped. */
	@Override
	public int getPhase() {
		return 1;
	}

}
