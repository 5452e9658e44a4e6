package com.banqup.invitations.acceptance.session;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class StoredSessionTests {

	private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

	private static final SessionProperties PROPERTIES = new SessionProperties(Duration.ofMinutes(30),
			Duration.ofHours(12), Duration.ofMinutes(1), Duration.ofMinutes(5));

	@Test
	void endsWhenIdleAndAtTheLatestAfterItsLifetime() {
		StoredSession session = StoredSession.create(NOW, PROPERTIES);

		assertThat(session.expiresAt()).isEqualTo(NOW.plus(Duration.ofMinutes(30)));
		session.setLastAccessedTime(NOW.plus(Duration.ofHours(11).plusMinutes(45)));
		assertThat(session.expiresAt()).isEqualTo(NOW.plus(Duration.ofHours(12)));
	}

	@Test
	void knowsWhatChangedSinceItWasRead() {
		StoredSession session = StoredSession.restore("id", Map.of("kept", 1, "removed", 2), NOW, NOW, PROPERTIES);

		assertThat(session.isChanged()).isFalse();
		session.setAttribute("added", 3);
		session.removeAttribute("removed");

		assertThat(session.isChanged()).isTrue();
		assertThat(session.changedAttributes()).containsExactlyInAnyOrder("added", "removed");
		assertThat(session.<Integer>getAttribute("kept")).isEqualTo(1);
		session.stored();
		assertThat(session.isChanged()).isFalse();
	}

	@Test
	void keepsTheStoredIdUntilTheNewOneIsStored() {
		StoredSession session = StoredSession.restore("id", Map.of(), NOW, NOW, PROPERTIES);

		String changed = session.changeSessionId();

		assertThat(changed).hasSize(43).isNotEqualTo("id").isEqualTo(session.getId());
		assertThat(session.storedId()).isEqualTo("id");
		assertThat(session.isChanged()).isTrue();
	}

	@Test
	void tellsNothingInItsText() {
		StoredSession session = StoredSession.create(NOW, PROPERTIES);
		session.setAttribute("name", "An Peeters");

		assertThat(session.toString()).doesNotContain("Peeters", session.getId());
	}

	@Test
	void settingsThatContradictEachOtherAreRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new SessionProperties(Duration.ofHours(13), Duration.ofHours(12), Duration.ofMinutes(1),
					Duration.ofMinutes(5)))
			.withMessage("acceptance.session.lifetime: PT12H (expected: at least idle-timeout, PT13H)");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new SessionProperties(Duration.ofMinutes(1), Duration.ofHours(12), Duration.ofMinutes(1),
					Duration.ofMinutes(5)))
			.withMessageContaining("touch-interval");
	}

}
