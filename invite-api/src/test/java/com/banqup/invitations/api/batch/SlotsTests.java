package com.banqup.invitations.api.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

class SlotsTests {

	private static final PartnerSpaceId BUSY = new PartnerSpaceId(new UUID(0, 1));

	private static final PartnerSpaceId OTHER = new PartnerSpaceId(new UUID(0, 2));

	private static final PartnerSpaceId THIRD = new PartnerSpaceId(new UUID(0, 3));

	private final Slots slots = new Slots(2, 3, NoSlot::new) {
	};

	@Test
	void refusesAPartnerSpaceThatHasAllItsOwn() {
		hold(BUSY);
		hold(BUSY);

		refuses(BUSY);
		accepts(OTHER);
	}

	@Test
	void refusesAnybodyWhenAllAreTaken() {
		hold(BUSY);
		hold(BUSY);
		hold(OTHER);

		refuses(THIRD);
	}

	@Test
	void doesNothingForWhomItRefuses() {
		hold(BUSY);
		hold(BUSY);
		List<String> done = new ArrayList<>();

		this.slots.take(BUSY, () -> Mono.just(done.add("upload"))).as(StepVerifier::create).verifyError(NoSlot.class);
		this.slots.hold(BUSY, () -> Flux.just(done.add("stream"))).as(StepVerifier::create).verifyError(NoSlot.class);

		assertThat(done).isEmpty();
		assertThat(this.slots.takenInAll()).isEqualTo(2);
	}

	@Test
	void freesTheSlotHoweverItEnds() {
		hold(BUSY).dispose();
		this.slots.hold(BUSY, () -> Flux.error(new IllegalStateException("fails")))
			.as(StepVerifier::create)
			.verifyError(IllegalStateException.class);
		this.slots.take(BUSY, () -> {
			throw new IllegalStateException("does not even begin");
		}).as(StepVerifier::create).verifyError(IllegalStateException.class);
		accepts(BUSY);

		assertThat(this.slots.takenInAll()).isZero();
		assertThat(this.slots).extracting("taken").isEqualTo(Map.of());
	}

	private Disposable hold(PartnerSpaceId id) {
		return this.slots.hold(id, Flux::never).subscribe();
	}

	private void accepts(PartnerSpaceId id) {
		this.slots.take(id, () -> Mono.just("done")).as(StepVerifier::create).expectNext("done").verifyComplete();
	}

	private void refuses(PartnerSpaceId id) {
		this.slots.take(id, () -> Mono.just("done")).as(StepVerifier::create).verifyError(NoSlot.class);
	}

	private static final class NoSlot extends RuntimeException {

		private static final long serialVersionUID = 1L;

		private NoSlot(PartnerSpaceId id) {
			super("None for " + id);
		}

	}

}
