package com.banqup.invitations.api.rate;

import java.time.Duration;
import java.util.UUID;

import com.banqup.invitations.api.VirtualTime;
import com.banqup.invitations.api.access.AccessNeeded;
import com.banqup.invitations.api.access.GrantedAccess;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.validation.Validation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class RequestRatesTests {

	private static final UUID BUSY = new UUID(0, 1);

	private static final UUID OTHER = new UUID(0, 2);

	private final VirtualTime time = new VirtualTime();

	private SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final RequestRates rates = rates(new RateProperties(2, 4, 1, 3, 10));

	/** Each with meters of its own. */
	private RequestRates rates(RateProperties properties) {
		this.meters = new SimpleMeterRegistry();
		return new RequestRates(properties, this.time, this.meters);
	}

	@Test
	void takesABurstOfEachKindAndNoMore() {
		assertThat(writes(this.rates, BUSY)).isEqualTo(3);
		assertThat(reads(this.rates, BUSY)).isEqualTo(4);

		assertThat(refused("write")).isEqualTo(1);
		assertThat(refused("read")).isEqualTo(1);
	}

	@Test
	void doesNotMakeOtherPartnerSpacesPay() {
		writes(this.rates, BUSY);

		assertThat(writes(this.rates, OTHER)).isEqualTo(3);
	}

	@Test
	void takesAsManyAsTimeHasBrought() {
		reads(this.rates, BUSY);

		this.time.advance(Duration.ofMillis(499));
		assertThat(reads(this.rates, BUSY)).isZero();
		this.time.advance(Duration.ofMillis(1));
		assertThat(reads(this.rates, BUSY)).isEqualTo(1);
		this.time.advance(Duration.ofSeconds(1));
		assertThat(reads(this.rates, BUSY)).isEqualTo(2);
	}

	@Test
	void savesNoMoreThanABurst() {
		writes(this.rates, BUSY);

		this.time.advance(Duration.ofSeconds(30));

		assertThat(writes(this.rates, BUSY)).isEqualTo(3);
	}

	@Test
	void takesOneAfterASecondAtTheLowestRateThereIs() {
		RequestRates lowest = rates(new RateProperties(1, 1, 1, 1, 1));
		writes(lowest, BUSY);

		this.time.advance(Duration.ofSeconds(1));

		assertThat(writes(lowest, BUSY)).isEqualTo(1);
	}

	@Test
	void forgetsWhoPausesNoEarlierThanTheBurstWouldBeThereAgain() {
		RequestRates slow = rates(new RateProperties(1, 1, 1, 600, 10));
		writes(slow, BUSY);

		this.time.advance(Duration.ofSeconds(599));
		assertThat(writes(slow, BUSY)).isEqualTo(599);
		this.time.advance(Duration.ofSeconds(601));
		reads(slow, OTHER);

		assertThat(kept()).isEqualTo(1);
	}

	@Test
	void keepsSoManyPartnerSpacesInMindHoweverManyThereAre() {
		for (int i = 0; i < 1_000; i++) {
			this.rates.admit(new GrantedAccess(new UUID(1, i), AccessNeeded.CHANGE));
		}

		assertThat(kept()).isEqualTo(10);
	}

	@Test
	void tellsOperatorsOnceAMinuteWhoIsRefused(CapturedOutput output) {
		for (int i = 0; i < 100; i++) {
			writes(this.rates, BUSY);
		}
		assertThat(output.getAll().split(BUSY.toString(), -1)).hasSize(2);

		this.time.advance(Duration.ofMinutes(1));
		writes(this.rates, BUSY);

		assertThat(output.getAll().split(BUSY.toString(), -1)).hasSize(3);
	}

	@Test
	void refusesSettingsThatMakeNoSense() {
		assertThat(Validation.buildDefaultValidatorFactory().getValidator().validate(new RateProperties(0, 0, 0, 0, 0)))
			.hasSize(5);
	}

	private static int reads(RequestRates rates, UUID space) {
		return admitted(rates, new GrantedAccess(space, AccessNeeded.LOOK));
	}

	private static int writes(RequestRates rates, UUID space) {
		return admitted(rates, new GrantedAccess(space, AccessNeeded.CHANGE));
	}

	/** How many requests are admitted before one is refused. */
	private static int admitted(RequestRates rates, GrantedAccess access) {
		int admitted = 0;
		while (rates.admit(access)) {
			admitted++;
		}
		return admitted;
	}

	private double kept() {
		return this.meters.get("partner.space.rates.kept").gauge().value();
	}

	private double refused(String kind) {
		return this.meters.get("partner.space.requests.refused").tag("kind", kind).counter().count();
	}

}
