package com.banqup.invitations.acceptance.session.r2dbc;

import java.time.Duration;
import java.util.Objects;
import java.util.UUID;

import com.banqup.invitations.acceptance.TestClock;
import com.banqup.invitations.acceptance.TestStack;
import com.banqup.invitations.acceptance.login.SignedIn;
import com.banqup.invitations.acceptance.session.SessionAttribute;
import com.banqup.invitations.acceptance.session.SessionExpired;
import com.banqup.invitations.acceptance.session.StoredSession;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(properties = { "outbox.enabled=false", "spring.kafka.listener.auto-startup=false" })
@Import({ TestClock.Configuration.class, R2dbcSessionsIT.Attributes.class })
@NullUnmarked
class R2dbcSessionsIT {

	private static final String ATTRIBUTE = "signed-in";

	private final SignedIn somebody = new SignedIn(UUID.randomUUID(), "https://id.example", "subject", "An Peeters");

	@Autowired
	private R2dbcSessions sessions;

	@Autowired
	private SessionSweep sweep;

	@Autowired
	private DatabaseClient database;

	@Autowired
	private TestClock clock;

	@DynamicPropertySource
	static void stack(DynamicPropertyRegistry registry) {
		TestStack.register(registry);
	}

	@BeforeEach
	void start() {
		this.clock.reset();
		this.database.sql("DELETE FROM session").then().block();
	}

	@Test
	void comesBackAsItWasStored() {
		StoredSession session = stored();

		StoredSession found = find(session.getId());

		assertThat(found.<SignedIn>getAttribute(ATTRIBUTE)).isEqualTo(this.somebody);
		assertThat(found.getCreationTime()).isEqualTo(TestClock.START);
		assertThat(found.isChanged()).isFalse();
	}

	@Test
	void isStoredUnderAHashOfItsId() {
		StoredSession session = stored();

		String row = Objects.requireNonNull(this.database.sql("SELECT session::text AS row FROM session")
			.map((found) -> found.get("row", String.class))
			.one()
			.block());

		assertThat(row).contains("An Peeters").doesNotContain(session.getId());
	}

	@Test
	void requestsOfOneBrowserDoNotUndoEachOther() {
		StoredSession session = stored();
		StoredSession one = find(session.getId());
		StoredSession other = find(session.getId());
		SignedIn changed = new SignedIn(UUID.randomUUID(), "https://id.example", "other", "Bo");

		one.setAttribute(ATTRIBUTE, changed);
		this.sessions.save(one).block();
		other.setAttribute("test.1", "other");
		this.sessions.save(other).block();

		StoredSession found = find(session.getId());
		assertThat(found.<SignedIn>getAttribute(ATTRIBUTE)).isEqualTo(changed);
		assertThat(found.getAttributeNames()).containsExactlyInAnyOrder(ATTRIBUTE, "test.1");
	}

	@Test
	void removedAttributesAreGone() {
		StoredSession session = find(stored().getId());
		session.removeAttribute(ATTRIBUTE);
		this.sessions.save(session).block();

		assertThat(find(session.getId()).getAttributeNames()).isEmpty();
	}

	@Test
	void isFoundUnderItsNewIdOnly() {
		StoredSession session = find(stored().getId());
		String before = session.getId();
		session.changeSessionId();
		this.sessions.save(session).block();

		assertThat(this.sessions.findById(before).block()).isNull();
		assertThat(find(session.getId()).<SignedIn>getAttribute(ATTRIBUTE)).isEqualTo(this.somebody);
	}

	@Test
	void aChangeToASessionThatHasEndedIsAnError() {
		StoredSession session = find(stored().getId());
		this.sessions.deleteById(session.getId()).block();
		session.setAttribute("test.1", "other");

		this.sessions.save(session).as(StepVerifier::create).verifyError(SessionExpired.class);
	}

	@Test
	void aLateRequestDoesNotBringAnEndedSessionBack() {
		StoredSession session = find(stored().getId());
		this.sessions.deleteById(session.getId()).block();
		session.setLastAccessedTime(TestClock.START.plus(Duration.ofMinutes(5)));

		this.sessions.save(session).as(StepVerifier::create).verifyComplete();

		assertThat(this.sessions.findById(session.getId()).block()).isNull();
	}

	@Test
	void isNotWrittenForEveryRequest() {
		StoredSession session = find(stored().getId());
		session.setLastAccessedTime(TestClock.START.plus(Duration.ofSeconds(59)));
		this.sessions.save(session).block();
		assertThat(find(session.getId()).getLastAccessedTime()).isEqualTo(TestClock.START);

		session.setLastAccessedTime(TestClock.START.plus(Duration.ofSeconds(60)));
		this.sessions.save(session).block();
		assertThat(find(session.getId()).getLastAccessedTime()).isEqualTo(TestClock.START.plusSeconds(60));
	}

	@Test
	void anExpiredSessionIsNotFoundAndIsSwept() {
		StoredSession old = stored();
		this.clock.advance(Duration.ofMinutes(20));
		StoredSession young = stored();
		this.clock.advance(Duration.ofMinutes(10));

		assertThat(this.sessions.findById(old.getId()).block()).isNull();
		this.sweep.sweep().block();

		assertThat(this.database.sql("SELECT count(*) FROM session").map((row) -> row.get(0, Long.class)).one().block())
			.isEqualTo(1L);
		assertThat(this.sessions.findById(young.getId()).block()).isNotNull();
	}

	@Test
	void anUnknownAttributeCannotBeStored() {
		StoredSession session = this.sessions.createSession().block();
		session.setAttribute("cart", "anything");

		this.sessions.save(session).as(StepVerifier::create).verifyError(IllegalArgumentException.class);
	}

	@Test
	void anUnknownStoredAttributeIsLeftOut() {
		StoredSession session = stored();
		this.database.sql("UPDATE session SET attributes = attributes || '{\"java.lang.Runtime\": {\"x\": 1}}'")
			.then()
			.block();

		assertThat(find(session.getId()).getAttributeNames()).containsExactly(ATTRIBUTE);
	}

	@Test
	void aSessionCannotGrowWithoutBounds() {
		StoredSession session = this.sessions.createSession().block();
		session.setAttribute(ATTRIBUTE,
				new SignedIn(UUID.randomUUID(), "https://id.example", "x".repeat(20_000), "An"));

		this.sessions.save(session).as(StepVerifier::create).verifyError(DataIntegrityViolationException.class);
	}

	private StoredSession stored() {
		StoredSession session = this.sessions.createSession().block();
		session.setAttribute(ATTRIBUTE, this.somebody);
		this.sessions.save(session).block();
		return session;
	}

	private StoredSession find(String id) {
		return Objects.requireNonNull(this.sessions.findById(id).block());
	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Attributes {

		@Bean
		SessionAttribute testAttribute() {
			return new SessionAttribute("test.", String.class);
		}

	}

}
