package com.banqup.invitations.api.invitation;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

class DailyLimitTests {

	private static final PartnerSpaceId SPACE = new PartnerSpaceId(UUID.randomUUID());

	private static final Instant NOON = Instant.parse("2026-03-01T11:00:00Z");

	private static final LocalDate TODAY = LocalDate.parse("2026-03-01");

	private final CountedMails mails = new CountedMails();

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final DailyLimit limit = new DailyLimit(this.mails,
			new InvitationProperties(20, 10, ZoneId.of("Europe/Brussels")), this.meters);

	@Test
	void countsSingleRequestsAndBulksTogether() {
		this.mails.ofBulks = 4;

		this.limit.count(SPACE, 5, NOON).as(StepVerifier::create).verifyComplete();
		this.limit.count(SPACE, 1, NOON).as(StepVerifier::create).verifyComplete();

		this.limit.count(SPACE, 2, NOON).as(StepVerifier::create).verifyErrorSatisfies((ex) -> {
			DailyLimitReached reached = (DailyLimitReached) ex;
			assertThat(reached.limit()).isEqualTo(10);
			assertThat(reached.asked()).isEqualTo(10);
			assertThat(reached.more()).isEqualTo(2);
			assertThat(reached.until()).isEqualTo("2026-03-01T23:00:00Z");
			assertThat(reached.untilThen()).isEqualTo(Duration.ofHours(12));
		});
		assertThat(this.meters.counter("invitations.daily.limit.refused").count()).isEqualTo(1);
	}

	@Test
	void beginsAnewWhenTheDayDoesWhereItIsCounted() {
		this.limit.count(SPACE, 10, NOON).as(StepVerifier::create).verifyComplete();
		Instant lastMoment = Instant.parse("2026-03-01T22:59:59.999Z");
		this.limit.count(SPACE, 1, lastMoment).as(StepVerifier::create).verifyError(DailyLimitReached.class);
		this.mails.takeBack(TODAY, 1);

		this.limit.count(SPACE, 10, lastMoment.plusMillis(1)).as(StepVerifier::create).verifyComplete();
	}

	@Test
	void leavesToBulksWhatSingleRequestsHaveNotAskedFor() {
		this.limit.count(SPACE, 3, NOON).as(StepVerifier::create).verifyComplete();

		this.limit.leftForBulks(SPACE, TODAY, 5).as(StepVerifier::create).expectNext(2L).verifyComplete();
		this.limit.leftForBulks(SPACE, TODAY, 8).as(StepVerifier::create).expectNext(-1L).verifyComplete();
		this.limit.leftForBulks(SPACE, TODAY.plusDays(1), 0).as(StepVerifier::create).expectNext(10L).verifyComplete();
	}

	/** Of one Partner Space. */
	private static final class CountedMails implements AskedMails {

		private final Map<LocalDate, Long> single = new HashMap<>();

		private long ofBulks;

		@Override
		public Mono<Long> addSingle(PartnerSpaceId id, LocalDate day, int mails) {
			return Mono.fromSupplier(() -> this.single.merge(day, (long) mails, Long::sum) + this.ofBulks);
		}

		@Override
		public Mono<Long> ofSingle(PartnerSpaceId id, LocalDate day) {
			return Mono.fromSupplier(() -> this.single.getOrDefault(day, 0L));
		}

		/** As a transaction that is rolled back. */
		private void takeBack(LocalDate day, long mails) {
			this.single.merge(day, -mails, Long::sum);
		}

	}

}
