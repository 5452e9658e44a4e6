package com.banqup.invitations.dispatch.relay;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * Whether the relay took or refused to talk the last time somebody tried. Safe for use by
 * many threads.
 */
public final class RelayState {

	private final AtomicReference<@Nullable Outage> outage = new AtomicReference<>();

	private final InstantSource clock;

	public RelayState(InstantSource clock) {
		this.clock = clock;
	}

	/** The relay answered for a mail, whatever it said. */
	public void answered() {
		if (this.outage.get() != null) {
			this.outage.set(null);
		}
	}

	/** The relay takes no mail; since the first such report without an answer between. */
	public void unavailable(String reasonCode) {
		Instant now = this.clock.instant();
		this.outage.updateAndGet((known) -> new Outage((known != null) ? known.since() : now, reasonCode, now));
	}

	/** The outage that lasts, empty when the relay works as far as known. */
	public Optional<Outage> outage() {
		return Optional.ofNullable(this.outage.get());
	}

	/**
	 * The relay takes no mail.
	 *
	 * @param since when that was first noticed
	 * @param reasonCode what was found the last time
	 * @param lastTriedAt when that was
	 */
	public record Outage(Instant since, String reasonCode, Instant lastTriedAt) {
	}

}
