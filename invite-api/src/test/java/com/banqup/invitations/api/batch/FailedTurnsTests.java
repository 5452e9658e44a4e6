package com.banqup.invitations.api.batch;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import com.banqup.invitations.api.template.TemplateId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.r2dbc.spi.R2dbcDataIntegrityViolationException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;

import static org.assertj.core.api.Assertions.assertThat;

class FailedTurnsTests {

	private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

	private static final int LAST = 12;

	private final List<String> asked = new ArrayList<>();

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final FailedTurns failedTurns = new FailedTurns(turns(),
			new Binder(new MapConfigurationPropertySource(Map.of())).bindOrCreate("invite.batches",
					BatchProperties.class),
			this.meters, Clock.fixed(NOW, ZoneOffset.UTC));

	@ParameterizedTest
	@CsvSource({ "1, PT0.5S", "2, PT1S", "5, PT8S", "11, PT5M" })
	void pausesForLongerAfterEachFailure(int failures, Duration pause) {
		passOver(failures, new IllegalStateException("unreadable"));

		assertThat(this.asked).containsExactly("passOver " + NOW.plus(pause));
	}

	@Test
	void givesUpAfterTheLastFailure() {
		passOver(LAST, new IllegalStateException("unreadable"));

		assertThat(this.asked).containsExactly("giveUp");
		assertThat(this.meters.counter("invitation.batches.given.up").count()).isEqualTo(1);
	}

	@Test
	void givesUpWhenTheDatabaseRefusesTheData() {
		passOver(LAST, new DataIntegrityViolationException("refused",
				new R2dbcDataIntegrityViolationException("refused", "23505")));

		assertThat(this.asked).containsExactly("giveUp");
	}

	@Test
	void neverGivesUpBecauseTheDatabaseIsAway() {
		passOver(100, new DataAccessResourceFailureException("away",
				new R2dbcNonTransientResourceException("statement timeout", "57014")));
		passOver(100, new R2dbcNonTransientResourceException("connection closed"));

		assertThat(this.asked).containsOnly("passOver " + NOW.plus(Duration.ofMinutes(5)));
		assertThat(this.meters.counter("invitation.batch.turns.failed").count()).isEqualTo(2);
	}

	private void passOver(int failures, RuntimeException cause) {
		InvitationBatch batch = new InvitationBatch(new BatchId(UUID.randomUUID()),
				new PartnerSpaceId(UUID.randomUUID()), new TemplateId(UUID.randomUUID()), false, BatchState.RUNNING,
				null, List.of(), 1_000, "user-1", NOW, NOW, NOW, 0, null, null, null);
		this.failedTurns.passOver(new TurnFailed(new BatchTurn(batch, 1, failures - 1, null, 0), cause)).block();
	}

	/** Does what it is asked for; nothing else is asked for. */
	private BatchTurns turns() {
		return (BatchTurns) Proxy.newProxyInstance(BatchTurns.class.getClassLoader(),
				new Class<?>[] { BatchTurns.class }, (proxy, method, arguments) -> switch (method.getName()) {
					case "passOver" -> {
						this.asked.add("passOver " + arguments[2]);
						yield Mono.empty();
					}
					case "giveUp" -> {
						this.asked.add("giveUp");
						yield Mono.just(true);
					}
					default -> throw new UnsupportedOperationException(method.getName());
				});
	}

}
