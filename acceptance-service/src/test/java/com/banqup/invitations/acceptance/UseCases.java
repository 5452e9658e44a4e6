package com.banqup.invitations.acceptance;

import java.util.List;
import java.util.UUID;

import com.banqup.invitations.acceptance.invitation.Invitation;
import com.banqup.invitations.acceptance.invitation.Invitations;
import com.banqup.invitations.acceptance.invitation.LearnInvitations;
import com.banqup.invitations.acceptance.invitation.TestInvitations;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * Use cases on a real database. Events stay in the outbox, where the tests look at them.
 */
@SpringBootTest(properties = { "outbox.enabled=false", "spring.kafka.listener.auto-startup=false" })
@Import(TestClock.Configuration.class)
@NullUnmarked
public abstract class UseCases {

	@Autowired
	protected Invitations invitations;

	@Autowired
	protected LearnInvitations learnInvitations;

	@Autowired
	protected DatabaseClient database;

	@Autowired
	protected TestClock clock;

	@DynamicPropertySource
	static void stack(DynamicPropertyRegistry registry) {
		TestStack.register(registry);
	}

	@BeforeEach
	void resetClock() {
		this.clock.reset();
	}

	protected TestInvitations learned(TestInvitations invitation) {
		this.learnInvitations.learn(List.of(invitation.requested()), List.of()).block();
		return invitation;
	}

	protected Invitation find(TestInvitations invitation) {
		return this.invitations.find(invitation.id()).block();
	}

	protected List<SpecificRecord> eventsOf(TestInvitations invitation) {
		return new StoredEvents(this.database).of(invitation.clientId());
	}

	protected long count(String sql, UUID id) {
		return this.database.sql(sql).bind("id", id).map((row) -> row.get(0, Long.class)).one().block();
	}

}
