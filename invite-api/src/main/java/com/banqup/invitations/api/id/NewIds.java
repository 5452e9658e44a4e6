package com.banqup.invitations.api.id;

import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import com.fasterxml.uuid.UUIDClock;
import com.fasterxml.uuid.impl.TimeBasedEpochRandomGenerator;

import org.springframework.stereotype.Component;

/**
 * Makes version 7 UUIDs (RFC 9562): unguessable enough to be unique, and in the order of
 * the clock, so that lists page by them and indexes grow at one end.
 */
@Component
public class NewIds {

	private final TimeBasedEpochRandomGenerator generator;

	public NewIds(Clock clock) {
		this.generator = new TimeBasedEpochRandomGenerator(seeded(), new UUIDClock() {
			@Override
			public long currentTimeMillis() {
				return clock.millis();
			}
		});
	}

	/**
	 * Seeded here and now, then never reading from a device again: ids are made on event
	 * loops.
	 */
	private static SecureRandom seeded() {
		try {
			SecureRandom random = SecureRandom.getInstance("DRBG");
			random.nextBytes(new byte[1]);
			return random;
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** One new id. */
	public UUID next() {
		return this.generator.generate();
	}

	/** As many new ids. */
	public List<UUID> next(int count) {
		return Stream.generate(this::next).limit(count).toList();
	}

}
