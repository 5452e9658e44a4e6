package com.banqup.invitations.dispatch.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import com.banqup.invitations.dispatch.deadletter.DeadLetter;
import com.banqup.invitations.dispatch.delivery.DeliveryEvent.Cancelled;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static com.banqup.invitations.dispatch.delivery.DeliveryFixtures.NOW;
import static com.banqup.invitations.dispatch.delivery.DeliveryFixtures.aRequest;
import static com.banqup.invitations.dispatch.delivery.DeliveryFixtures.batchOf;
import static com.banqup.invitations.dispatch.delivery.DeliveryFixtures.cancellationOf;
import static com.banqup.invitations.dispatch.delivery.DeliveryFixtures.claimAt;
import static com.banqup.invitations.dispatch.delivery.DeliveryFixtures.deferred;
import static com.banqup.invitations.dispatch.delivery.DeliveryFixtures.maybeDelivered;
import static com.banqup.invitations.dispatch.delivery.DeliveryFixtures.rejected;
import static com.banqup.invitations.dispatch.delivery.DeliveryFixtures.revocationOf;
import static com.banqup.invitations.dispatch.delivery.DeliveryFixtures.sent;
import static com.banqup.invitations.dispatch.delivery.DeliveryFixtures.useless;
import static org.assertj.core.api.Assertions.assertThat;

/** What every ledger promises. */
@NullUnmarked
public interface DeliveriesContract {

	/** No Partner Space has had a turn. */
	UUID NOBODY = new UUID(0, 0);

	/** The ledger, empty at the start of each test. */
	Deliveries deliveries();

	/** The events published so far. */
	List<DeliveryEvent> events();

	/** The dead letters added so far. */
	List<DeadLetter> deadLetters();

	/** Where a delivery stands, null when it was never asked for. */
	@Nullable DeliveryState stateOf(DeliveryId id);

	@Test
	default void claimsWhatIsNew() {
		DeliveryRequest one = aRequest().build();
		DeliveryRequest two = aRequest().build();

		Admission admission = admit(batchOf(one, two), claimAt(NOW));

		assertThat(admission.claimed()).containsExactly(new Delivery(one, 0), new Delivery(two, 0));
		assertThat(admission.heldElsewhere()).isEmpty();
		assertThat(stateOf(one.id())).isEqualTo(DeliveryState.QUEUED);
		assertThat(events()).isEmpty();
	}

	@Test
	default void claimsOnceWhatABatchHoldsTwice() {
		DeliveryRequest request = aRequest().build();

		Admission admission = admit(batchOf(request, request), claimAt(NOW));

		assertThat(admission.claimed()).containsExactly(new Delivery(request, 0));
		assertThat(admission.heldElsewhere()).isEmpty();
	}

	@Test
	default void takesAnEmptyBatch() {
		assertThat(admit(batchOf(), claimAt(NOW)).claimed()).isEmpty();
	}

	@Test
	default void neverClaimsAgainWhatWasSent() {
		DeliveryRequest request = aRequest().build();
		Claim claim = claimAt(NOW);
		Delivery delivery = claimed(request, claim);

		record(claim, sent(delivery, NOW.plusMillis(20)));

		Admission again = admit(batchOf(request), claimAt(NOW.plusSeconds(3600)));
		assertThat(again.claimed()).isEmpty();
		assertThat(again.heldElsewhere()).isEmpty();
		assertThat(stateOf(request.id())).isEqualTo(DeliveryState.SENT);
		assertThat(events()).containsExactly(new DeliveryEvent.Sent(subject(request), NOW.plusMillis(20), 250, 1));
	}

	@Test
	default void saysWhatSomebodyElseHolds() {
		DeliveryRequest held = aRequest().build();
		DeliveryRequest free = aRequest().build();
		admit(batchOf(held), claimAt(NOW));

		Admission admission = admit(batchOf(held, free), claimAt(NOW.plusSeconds(59)));

		assertThat(admission.claimed()).containsExactly(new Delivery(free, 0));
		assertThat(admission.heldElsewhere()).containsExactly(held.id());
	}

	@Test
	default void takesOverWhenTheHolderIsOverdue() {
		DeliveryRequest request = aRequest().build();
		admit(batchOf(request), claimAt(NOW));

		Admission admission = admit(batchOf(request), claimAt(NOW.plusSeconds(60)));

		assertThat(admission.claimed()).containsExactly(new Delivery(request, 0));
	}

	@Test
	default void givesBackWhatWasNotAttempted() {
		DeliveryRequest request = aRequest().build();
		Claim claim = claimAt(NOW);
		Delivery delivery = claimed(request, claim);

		record(claim, new Attempt.NotMade(delivery));

		assertThat(admit(batchOf(request), claimAt(NOW.plusSeconds(1))).claimed())
			.containsExactly(new Delivery(request, 0));
		assertThat(events()).isEmpty();
	}

	@Test
	default void cancelsWhatHasExpired() {
		DeliveryRequest request = aRequest().expiringAt(NOW).build();

		Admission admission = admit(batchOf(request), claimAt(NOW));

		assertThat(admission.claimed()).isEmpty();
		assertThat(admission.cancelled()).isOne();
		assertThat(stateOf(request.id())).isEqualTo(DeliveryState.CANCELLED);
		assertThat(events()).containsExactly(new Cancelled(subject(request), NOW, Cancelled.EXPIRED));
	}

	@Test
	default void cancelsOnce() {
		DeliveryRequest request = aRequest().expiringAt(NOW).build();
		admit(batchOf(request), claimAt(NOW));

		Admission again = admit(batchOf(request), claimAt(NOW.plusSeconds(120)));

		assertThat(again.claimed()).isEmpty();
		assertThat(again.heldElsewhere()).isEmpty();
		assertThat(events()).hasSize(1);
	}

	@Test
	default void cancelsTheOlderOfTwoGenerationsInABatch() {
		DeliveryRequest first = aRequest().build();
		DeliveryRequest second = aRequest().of(first.id().invitationId()).generation(2).build();

		Admission admission = admit(batchOf(second, first), claimAt(NOW));

		assertThat(admission.claimed()).containsExactly(new Delivery(second, 0));
		assertThat(events()).containsExactly(new Cancelled(subject(first), NOW, Cancelled.SUPERSEDED));
	}

	@Test
	default void cancelsAGenerationThatCameAfterALaterOne() {
		DeliveryRequest first = aRequest().build();
		DeliveryRequest second = aRequest().of(first.id().invitationId()).generation(2).build();
		admit(batchOf(second), claimAt(NOW));

		Admission admission = admit(batchOf(first), claimAt(NOW));

		assertThat(admission.claimed()).isEmpty();
		assertThat(events()).containsExactly(new Cancelled(subject(first), NOW, Cancelled.SUPERSEDED));
	}

	@Test
	default void cancelsADeferredGenerationWhenALaterOneComes() {
		DeliveryRequest first = aRequest().build();
		defer(first, NOW.plusSeconds(60));
		DeliveryRequest second = aRequest().of(first.id().invitationId()).generation(2).build();

		admit(batchOf(second), claimAt(NOW.plusSeconds(1)));

		assertThat(stateOf(first.id())).isEqualTo(DeliveryState.CANCELLED);
		assertThat(events()).endsWith(new Cancelled(subject(first), NOW.plusSeconds(1), Cancelled.SUPERSEDED));
		assertThat(claimDue(claimAt(NOW.plusSeconds(120)))).isEmpty();
	}

	@Test
	default void cancelsWhatWasRevokedBeforeItCame() {
		DeliveryRequest request = aRequest().build();
		admit(revocationOf(request.id().invitationId()), claimAt(NOW));

		Admission admission = admit(batchOf(request), claimAt(NOW));

		assertThat(admission.claimed()).isEmpty();
		assertThat(events()).containsExactly(new Cancelled(subject(request), NOW, Cancelled.REVOKED));
	}

	@Test
	default void cancelsWhatIsRevokedInTheSameBatch() {
		DeliveryRequest request = aRequest().build();
		Revocation revocation = new Revocation(request.id().invitationId(), NOW);

		Admission admission = admit(new RequestBatch(List.of(request), List.of(revocation, revocation), List.of()),
				claimAt(NOW));

		assertThat(admission.claimed()).isEmpty();
		assertThat(stateOf(request.id())).isEqualTo(DeliveryState.CANCELLED);
	}

	@Test
	default void cancelsADeferredDeliveryWhenItIsRevoked() {
		DeliveryRequest request = aRequest().build();
		defer(request, NOW.plusSeconds(60));

		admit(revocationOf(request.id().invitationId()), claimAt(NOW.plusSeconds(1)));
		admit(revocationOf(request.id().invitationId()), claimAt(NOW.plusSeconds(2)));

		assertThat(stateOf(request.id())).isEqualTo(DeliveryState.CANCELLED);
		assertThat(events()).endsWith(new Cancelled(subject(request), NOW.plusSeconds(1), Cancelled.REVOKED))
			.hasSize(2);
		assertThat(claimDue(claimAt(NOW.plusSeconds(120)))).isEmpty();
	}

	@Test
	default void leavesWhatWasSentWhenItIsRevoked() {
		DeliveryRequest request = aRequest().build();
		Claim claim = claimAt(NOW);
		record(claim, sent(claimed(request, claim), NOW));

		admit(revocationOf(request.id().invitationId()), claimAt(NOW.plusSeconds(1)));

		assertThat(stateOf(request.id())).isEqualTo(DeliveryState.SENT);
		assertThat(events()).hasSize(1);
	}

	@Test
	default void cancelsADeferredDeliveryThatIsRevokedDuringItsRetry() {
		DeliveryRequest request = aRequest().build();
		defer(request, NOW.plusSeconds(60));
		Claim retry = claimAt(NOW.plusSeconds(60));
		Delivery delivery = claimDue(retry).getFirst();

		admit(revocationOf(request.id().invitationId()), claimAt(NOW.plusSeconds(61)));
		record(retry, deferred(delivery, NOW.plusSeconds(62), NOW.plusSeconds(90)));

		assertThat(claimDue(claimAt(NOW.plusSeconds(90)))).isEmpty();
		assertThat(stateOf(request.id())).isEqualTo(DeliveryState.CANCELLED);
		assertThat(events()).endsWith(new Cancelled(subject(request), NOW.plusSeconds(90), Cancelled.REVOKED));
	}

	@Test
	default void cancelsWhatComesAfterItsBulkWasCancelled() {
		DeliveryRequest request = aRequest().inBatch(UUID.randomUUID()).build();
		admit(cancellationOf(request), claimAt(NOW));

		Admission admission = admit(batchOf(request), claimAt(NOW.plusSeconds(1)));

		assertThat(admission.claimed()).isEmpty();
		assertThat(admission.heldElsewhere()).isEmpty();
		assertThat(admission.cancelled()).isOne();
		assertThat(stateOf(request.id())).isEqualTo(DeliveryState.CANCELLED);
		assertThat(events())
			.containsExactly(new Cancelled(subject(request), NOW.plusSeconds(1), Cancelled.BATCH_CANCELLED));
	}

	@Test
	default void cancelsWhatComesTogetherWithTheCancellationOfItsBulk() {
		DeliveryRequest request = aRequest().inBatch(UUID.randomUUID()).build();
		BatchCancellation cancellation = cancellationOf(request).cancellations().getFirst();

		Admission admission = admit(new RequestBatch(List.of(request), List.of(), List.of(cancellation, cancellation)),
				claimAt(NOW));

		assertThat(admission.claimed()).isEmpty();
		assertThat(events()).containsExactly(new Cancelled(subject(request), NOW, Cancelled.BATCH_CANCELLED));
	}

	@Test
	default void cancelsWhatOfABulkComesAfterTheCancellationAndLeavesWhatCameBefore() {
		DeliveryRequest before = aRequest().inBatch(UUID.randomUUID()).build();
		DeliveryRequest after = aRequest().inBatchOf(before).build();
		Claim claim = claimAt(NOW);
		record(claim, sent(claimed(before, claim), NOW));

		admit(cancellationOf(before), claimAt(NOW.plusSeconds(1)));
		admit(batchOf(before, after), claimAt(NOW.plusSeconds(2)));

		assertThat(cancelDeferred(NOW.plusSeconds(3))).isZero();
		assertThat(stateOf(before.id())).isEqualTo(DeliveryState.SENT);
		assertThat(stateOf(after.id())).isEqualTo(DeliveryState.CANCELLED);
		assertThat(events()).containsExactly(new DeliveryEvent.Sent(subject(before), NOW, 250, 1),
				new Cancelled(subject(after), NOW.plusSeconds(2), Cancelled.BATCH_CANCELLED));
	}

	@Test
	default void cancelsOnceWhenTheCancellationAndTheRequestsComeAgain() {
		DeliveryRequest request = aRequest().inBatch(UUID.randomUUID()).build();
		for (int i = 0; i < 2; i++) {
			admit(cancellationOf(request), claimAt(NOW.plusSeconds(i)));
			admit(batchOf(request), claimAt(NOW.plusSeconds(i)));
			assertThat(cancelDeferred(NOW.plusSeconds(i))).isZero();
		}

		assertThat(events()).containsExactly(new Cancelled(subject(request), NOW, Cancelled.BATCH_CANCELLED));
	}

	@Test
	default void cancelsNothingOfOtherBulksNorOfNone() {
		DeliveryRequest cancelled = aRequest().inBatch(UUID.randomUUID()).build();
		DeliveryRequest other = aRequest().inBatch(UUID.randomUUID()).build();
		DeliveryRequest single = aRequest().build();
		defer(other, NOW.plusSeconds(60));
		defer(single, NOW.plusSeconds(60));
		admit(cancellationOf(cancelled), claimAt(NOW));
		DeliveryRequest next = aRequest().inBatchOf(other).build();

		assertThat(cancelDeferred(NOW)).isZero();
		assertThat(admit(batchOf(next), claimAt(NOW)).claimed()).hasSize(1);
		assertThat(claimDue(claimAt(NOW.plusSeconds(60)))).hasSize(2);
	}

	@Test
	default void letsNoPartnerSpaceCancelTheBulkOfAnother() {
		UUID batchId = UUID.randomUUID();
		DeliveryRequest deferred = aRequest().inBatch(batchId).build();
		defer(deferred, NOW.plusSeconds(60));
		admit(cancellationOf(aRequest().inBatch(batchId).build()), claimAt(NOW));

		assertThat(cancelDeferred(NOW)).isZero();
		assertThat(admit(batchOf(aRequest().inBatchOf(deferred).build()), claimAt(NOW)).claimed()).hasSize(1);
		assertThat(claimDue(claimAt(NOW.plusSeconds(60)))).hasSize(1);
	}

	@Test
	default void cancelsDeferredDeliveriesOfACancelledBulkSomeAtATime() {
		DeliveryRequest first = aRequest().inBatch(UUID.randomUUID()).build();
		DeliveryRequest second = aRequest().inBatchOf(first).build();
		DeliveryRequest third = aRequest().inBatchOf(first).build();
		List.of(first, second, third).forEach((request) -> defer(request, NOW.plusSeconds(60)));
		admit(cancellationOf(first), claimAt(NOW.plusSeconds(1)));

		assertThat(require(deliveries().cancelDeferred(2, NOW.plusSeconds(2)).block())).isEqualTo(2);
		assertThat(require(deliveries().cancelDeferred(2, NOW.plusSeconds(2)).block())).isEqualTo(1);
		assertThat(require(deliveries().cancelDeferred(2, NOW.plusSeconds(2)).block())).isZero();

		assertThat(events().subList(3, events().size())).containsExactlyInAnyOrder(
				new Cancelled(subject(first), NOW.plusSeconds(2), Cancelled.BATCH_CANCELLED),
				new Cancelled(subject(second), NOW.plusSeconds(2), Cancelled.BATCH_CANCELLED),
				new Cancelled(subject(third), NOW.plusSeconds(2), Cancelled.BATCH_CANCELLED));
		assertThat(queue(NOW.plusSeconds(2))).as("no personal data kept").isEqualTo(new Deliveries.RetryQueue(0, 0));
	}

	@Test
	default void cancelsADueRetryOfACancelledBulkAtTheLastMoment() {
		DeliveryRequest request = aRequest().inBatch(UUID.randomUUID()).build();
		defer(request, NOW.plusSeconds(60));
		admit(cancellationOf(request), claimAt(NOW.plusSeconds(60)));

		Admission due = require(
				deliveries().claimDueOfBulks(NOBODY, 100, claimAt(NOW.plusSeconds(60))).block(Duration.ofSeconds(60)));

		assertThat(due.claimed()).isEmpty();
		assertThat(due.cancelled()).isOne();
		assertThat(events()).endsWith(new Cancelled(subject(request), NOW.plusSeconds(60), Cancelled.BATCH_CANCELLED));
	}

	@Test
	default void saysSentOfWhatWasUnderWayWhenItsBulkWasCancelled() {
		DeliveryRequest request = aRequest().inBatch(UUID.randomUUID()).build();
		Claim claim = claimAt(NOW);
		Delivery delivery = claimed(request, claim);
		admit(cancellationOf(request), claimAt(NOW.plusMillis(10)));

		assertThat(admit(batchOf(request), claimAt(NOW.plusMillis(20))).heldElsewhere()).containsExactly(request.id());
		record(claim, sent(delivery, NOW.plusMillis(30)));

		assertThat(stateOf(request.id())).isEqualTo(DeliveryState.SENT);
		assertThat(cancelDeferred(NOW.plusSeconds(1))).isZero();
		assertThat(events()).containsExactly(new DeliveryEvent.Sent(subject(request), NOW.plusMillis(30), 250, 1));
	}

	@Test
	default void cancelsWhatIsDeferredAfterItsBulkWasCancelled() {
		DeliveryRequest request = aRequest().inBatch(UUID.randomUUID()).build();
		Claim claim = claimAt(NOW);
		Delivery delivery = claimed(request, claim);
		admit(cancellationOf(request), claimAt(NOW.plusMillis(10)));
		record(claim, deferred(delivery, NOW.plusMillis(30), NOW.plusSeconds(60)));

		assertThat(cancelDeferred(NOW.plusSeconds(1))).isOne();

		assertThat(stateOf(request.id())).isEqualTo(DeliveryState.CANCELLED);
		assertThat(claimDue(claimAt(NOW.plusSeconds(60)))).isEmpty();
	}

	@Test
	default void cancelsWhatWasGivenBackAfterItsBulkWasCancelled() {
		DeliveryRequest request = aRequest().inBatch(UUID.randomUUID()).build();
		Claim claim = claimAt(NOW);
		Delivery delivery = claimed(request, claim);
		admit(cancellationOf(request), claimAt(NOW.plusMillis(10)));
		record(claim, new Attempt.NotMade(delivery));

		Admission admission = admit(batchOf(request), claimAt(NOW.plusSeconds(1)));

		assertThat(admission.claimed()).isEmpty();
		assertThat(stateOf(request.id())).isEqualTo(DeliveryState.CANCELLED);
	}

	@Test
	default void leavesARetryUnderWayWhenItsBulkIsCancelled() {
		DeliveryRequest request = aRequest().inBatch(UUID.randomUUID()).build();
		defer(request, NOW.plusSeconds(60));
		Claim retry = claimAt(NOW.plusSeconds(60));
		Delivery delivery = claimDue(retry).getFirst();
		admit(cancellationOf(request), claimAt(NOW.plusSeconds(61)));

		assertThat(cancelDeferred(NOW.plusSeconds(61))).isZero();
		record(retry, sent(delivery, NOW.plusSeconds(62)));

		assertThat(stateOf(request.id())).isEqualTo(DeliveryState.SENT);
		assertThat(events()).endsWith(new DeliveryEvent.Sent(subject(request), NOW.plusSeconds(62), 250, 2));
	}

	@Test
	default void sendsOnceMoreWhatOfACancelledBulkTheDeadMayHaveSent() {
		DeliveryRequest request = aRequest().inBatch(UUID.randomUUID()).build();
		admit(batchOf(request), claimAt(NOW));
		admit(cancellationOf(request), claimAt(NOW.plusSeconds(1)));

		Admission admission = admit(batchOf(request), claimAt(NOW.plusSeconds(60)));

		assertThat(admission.claimed()).containsExactly(new Delivery(request, 0));
		assertThat(events()).isEmpty();
	}

	@Test
	default void retriesOnceMoreWhatOfACancelledBulkTheDeadMayHaveSent() {
		DeliveryRequest request = aRequest().inBatch(UUID.randomUUID()).build();
		defer(request, NOW.plusSeconds(60));
		claimDue(claimAt(NOW.plusSeconds(60)));
		admit(cancellationOf(request), claimAt(NOW.plusSeconds(61)));

		assertThat(cancelDeferred(NOW.plusSeconds(120))).isZero();
		assertThat(claimDue(claimAt(NOW.plusSeconds(120)))).hasSize(1);
	}

	@Test
	default void retriesWhatOfACancelledBulkTheRelayMayHaveTakenUntilItIsKnown() {
		DeliveryRequest request = aRequest().inBatch(UUID.randomUUID()).build();
		Claim first = claimAt(NOW);
		record(first, maybeDelivered(claimed(request, first), NOW, NOW.plusSeconds(60)));
		admit(cancellationOf(request), claimAt(NOW.plusSeconds(1)));
		Claim second = claimAt(NOW.plusSeconds(60));

		assertThat(cancelDeferred(NOW.plusSeconds(2))).isZero();
		record(second, deferred(claimDue(second).getFirst(), NOW.plusSeconds(61), NOW.plusSeconds(120)));
		assertThat(cancelDeferred(NOW.plusSeconds(62))).as("the first mail may still be there").isZero();
		Claim third = claimAt(NOW.plusSeconds(120));
		record(third, sent(claimDue(third).getFirst(), NOW.plusSeconds(121)));

		assertThat(stateOf(request.id())).isEqualTo(DeliveryState.SENT);
		assertThat(events()).noneMatch(Cancelled.class::isInstance);
	}

	@Test
	default void cancelsARevokedDeliveryThoughTheRelayMayHaveTakenIt() {
		DeliveryRequest request = aRequest().inBatch(UUID.randomUUID()).build();
		Claim claim = claimAt(NOW);
		record(claim, maybeDelivered(claimed(request, claim), NOW, NOW.plusSeconds(60)));
		admit(cancellationOf(request), claimAt(NOW.plusSeconds(1)));

		admit(revocationOf(request.id().invitationId()), claimAt(NOW.plusSeconds(2)));

		assertThat(stateOf(request.id())).isEqualTo(DeliveryState.CANCELLED);
		assertThat(events()).endsWith(new Cancelled(subject(request), NOW.plusSeconds(2), Cancelled.REVOKED));
	}

	@Test
	default void prefersToSayThatALaterMailWasAskedFor() {
		DeliveryRequest first = aRequest().inBatch(UUID.randomUUID()).build();
		DeliveryRequest resent = aRequest().of(first.id().invitationId()).generation(2).build();
		admit(cancellationOf(first), claimAt(NOW));

		Admission admission = admit(batchOf(first, resent), claimAt(NOW));

		assertThat(admission.claimed()).containsExactly(new Delivery(resent, 0));
		assertThat(events()).containsExactly(new Cancelled(subject(first), NOW, Cancelled.SUPERSEDED));
	}

	@Test
	default void forgetsCancelledBulksThatAreKnownForLonger() {
		DeliveryRequest longAgo = aRequest().inBatch(UUID.randomUUID()).build();
		DeliveryRequest lately = aRequest().inBatch(UUID.randomUUID()).build();
		admit(cancellationOf(longAgo), claimAt(NOW));
		admit(cancellationOf(lately), claimAt(NOW.plusSeconds(1)));
		admit(cancellationOf(longAgo), claimAt(NOW.plusSeconds(2)));

		assertThat(deliveries().forgetCancelledBatches(NOW.plusSeconds(1)).block()).isEqualTo(1);

		assertThat(admit(batchOf(longAgo, lately), claimAt(NOW.plusSeconds(3))).claimed())
			.containsExactly(new Delivery(longAgo, 0));
	}

	@Test
	default void recordsTheSameOnceOnly() {
		DeliveryRequest one = aRequest().build();
		DeliveryRequest two = aRequest().build();
		DeliveryRequest three = aRequest().build();
		Claim claim = claimAt(NOW);
		List<Delivery> all = admit(batchOf(one, two, three), claim).claimed();
		Attempt[] attempts = { sent(all.get(0), NOW), deferred(all.get(1), NOW, NOW.plusSeconds(60)),
				rejected(all.get(2), NOW) };

		record(claim, attempts);
		record(claim, attempts);

		assertThat(events()).containsExactlyInAnyOrder(new DeliveryEvent.Sent(subject(one), NOW, 250, 1),
				new DeliveryEvent.Deferred(subject(two), NOW, "mailbox-busy", 450, 1, NOW.plusSeconds(60)),
				new DeliveryEvent.Undeliverable(subject(three), NOW, "mailbox-unknown", 550, "5.1.1", 1));
		assertThat(deadLetters()).hasSize(1);
	}

	@Test
	default void ignoresAFailureOfOneWhoLostTheClaim() {
		DeliveryRequest request = aRequest().build();
		Claim lost = claimAt(NOW);
		Delivery delivery = claimed(request, lost);
		Claim current = claimAt(NOW.plusSeconds(60));
		admit(batchOf(request), current);

		record(lost, rejected(delivery, NOW.plusSeconds(61)));
		record(lost, new Attempt.NotMade(delivery));

		assertThat(stateOf(request.id())).isEqualTo(DeliveryState.QUEUED);
		assertThat(events()).isEmpty();
		assertThat(deadLetters()).isEmpty();
		assertThat(admit(batchOf(request), claimAt(NOW.plusSeconds(62))).heldElsewhere()).containsExactly(request.id());
	}

	@Test
	default void believesOneWhoLostTheClaimThatTheMailWasSent() {
		DeliveryRequest request = aRequest().build();
		Claim lost = claimAt(NOW);
		Delivery delivery = claimed(request, lost);
		Claim current = claimAt(NOW.plusSeconds(60));
		admit(batchOf(request), current);

		record(lost, sent(delivery, NOW.plusSeconds(61)));
		record(current, deferred(delivery, NOW.plusSeconds(62), NOW.plusSeconds(90)));

		assertThat(stateOf(request.id())).isEqualTo(DeliveryState.SENT);
		assertThat(events()).containsExactly(new DeliveryEvent.Sent(subject(request), NOW.plusSeconds(61), 250, 1));
	}

	@Test
	default void retriesWithTheWholeRequestWhenItsTimeHasCome() {
		DeliveryRequest request = aRequest().saying(null).inBatch(UUID.randomUUID()).build();
		defer(request, NOW.plusSeconds(60));

		assertThat(claimDue(claimAt(NOW.plusSeconds(59)))).isEmpty();
		List<Delivery> due = claimDue(claimAt(NOW.plusSeconds(60)));

		assertThat(due).hasSize(1);
		assertThat(due.getFirst().attempts()).isEqualTo(1);
		assertThat(due.getFirst().request()).usingRecursiveComparison().isEqualTo(request);
	}

	@Test
	default void leavesADeferredDeliveryToItsRetryWhenTheRecordComesAgain() {
		DeliveryRequest request = aRequest().build();
		defer(request, NOW.plusSeconds(60));

		Admission admission = admit(batchOf(request), claimAt(NOW.plusSeconds(120)));

		assertThat(admission.claimed()).isEmpty();
		assertThat(admission.heldElsewhere()).isEmpty();
	}

	@Test
	default void retriesTheLongestDueFirstUpToTheLimit() {
		DeliveryRequest later = aRequest().build();
		DeliveryRequest sooner = aRequest().build();
		defer(later, NOW.plusSeconds(30));
		defer(sooner, NOW.plusSeconds(20));

		List<Delivery> due = claimDueSingle(1, claimAt(NOW.plusSeconds(60)));

		assertThat(due).extracting(Delivery::id).containsExactly(sooner.id());
	}

	@Test
	default void retriesTheLongestDueOfABulkFirstUpToTheLimit() {
		DeliveryRequest later = aRequest().inBatch(UUID.randomUUID()).build();
		DeliveryRequest sooner = aRequest().inBatchOf(later).build();
		DeliveryRequest soonest = aRequest().inBatchOf(later).build();
		defer(later, NOW.plusSeconds(30));
		defer(sooner, NOW.plusSeconds(20));
		defer(soonest, NOW.plusSeconds(10));

		List<Delivery> due = claimDueOfBulks(NOBODY, 2, claimAt(NOW.plusSeconds(60)));

		assertThat(due).extracting(Delivery::id).containsExactly(soonest.id(), sooner.id());
	}

	@Test
	default void retriesASingleMailBeforeABulksThatWereDueEarlier() {
		DeliveryRequest bulk = aRequest().inBatch(UUID.randomUUID()).build();
		DeliveryRequest single = aRequest().build();
		defer(bulk, NOW.plusSeconds(10));
		defer(aRequest().inBatchOf(bulk).build(), NOW.plusSeconds(11));
		defer(single, NOW.plusSeconds(20));

		assertThat(claimDueSingle(1, claimAt(NOW.plusSeconds(60)))).extracting(Delivery::id)
			.containsExactly(single.id());
		assertThat(claimDueSingle(1, claimAt(NOW.plusSeconds(60)))).isEmpty();
		assertThat(claimDueOfBulks(NOBODY, 100, claimAt(NOW.plusSeconds(60)))).hasSize(2);
	}

	@Test
	default void retriesByTheLaneThatTheRequestCameByThoughItBelongsToNoBulk() {
		DeliveryRequest oneOfMany = aRequest().byTheBulkTopic().build();
		DeliveryRequest single = aRequest().build();
		defer(oneOfMany, NOW.plusSeconds(10));
		defer(single, NOW.plusSeconds(20));

		assertThat(claimDueSingle(100, claimAt(NOW.plusSeconds(60)))).extracting(Delivery::id)
			.containsExactly(single.id());
		assertThat(claimDueOfBulks(NOBODY, 100, claimAt(NOW.plusSeconds(60)))).extracting(Delivery::id)
			.containsExactly(oneOfMany.id());
	}

	@Test
	default void letsPartnerSpacesTakeTurnsWithTheRetriesOfTheirBulks() {
		DeliveryRequest large = aRequest().inBatch(UUID.randomUUID()).build();
		DeliveryRequest small = aRequest().inBatch(UUID.randomUUID()).build();
		defer(large, NOW.plusSeconds(10));
		for (int i = 1; i < 10; i++) {
			defer(aRequest().inBatchOf(large).build(), NOW.plusSeconds(10 + i));
		}
		defer(small, NOW.plusSeconds(50));
		defer(aRequest().inBatchOf(small).build(), NOW.plusSeconds(51));

		List<Delivery> due = claimDueOfBulks(NOBODY, 4, claimAt(NOW.plusSeconds(60)));

		assertThat(due).hasSize(4);
		assertThat(spaces(due.subList(0, 2))).containsExactlyInAnyOrder(large.partnerSpaceId(), small.partnerSpaceId());
		assertThat(spaces(due.subList(2, 4))).isEqualTo(spaces(due.subList(0, 2)));
	}

	@Test
	default void goesOnWithThePartnerSpaceAfterTheOneThatHadTheLastTurn() {
		List<UUID> spaces = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			DeliveryRequest bulk = aRequest().inBatch(UUID.randomUUID()).build();
			spaces.add(bulk.partnerSpaceId());
			defer(bulk, NOW.plusSeconds(10));
			defer(aRequest().inBatchOf(bulk).build(), NOW.plusSeconds(20));
			defer(aRequest().inBatchOf(bulk).build(), NOW.plusSeconds(30));
		}
		List<UUID> turns = new ArrayList<>();

		for (int i = 0; i < 4; i++) {
			UUID after = turns.isEmpty() ? NOBODY : turns.getLast();
			turns.addAll(spaces(claimDueOfBulks(after, 2, claimAt(NOW.plusSeconds(60)))));
		}

		assertThat(turns).hasSize(8);
		assertThat(turns.subList(0, 3)).containsExactlyInAnyOrderElementsOf(spaces);
		assertThat(turns.subList(3, 6)).isEqualTo(turns.subList(0, 3));
		assertThat(turns.subList(6, 8)).isEqualTo(turns.subList(0, 2));
	}

	@Test
	default void passesOverPartnerSpacesWithNothingDue() {
		DeliveryRequest due = aRequest().inBatch(UUID.randomUUID()).build();
		defer(due, NOW.plusSeconds(10));
		defer(aRequest().inBatchOf(due).build(), NOW.plusSeconds(20));
		for (int i = 0; i < 10; i++) {
			defer(aRequest().inBatch(UUID.randomUUID()).build(), NOW.plusSeconds(61));
		}

		assertThat(claimDueOfBulks(due.partnerSpaceId(), 2, claimAt(NOW.plusSeconds(60)))).hasSize(2)
			.allMatch((delivery) -> delivery.request().partnerSpaceId().equals(due.partnerSpaceId()));
	}

	@Test
	default void hidesARetryWhileSomebodyIsAtItAndOffersItAgainWhenTheyAreOverdue() {
		DeliveryRequest request = aRequest().build();
		defer(request, NOW.plusSeconds(60));
		claimDue(claimAt(NOW.plusSeconds(60)));

		assertThat(claimDue(claimAt(NOW.plusSeconds(119)))).isEmpty();
		assertThat(claimDue(claimAt(NOW.plusSeconds(120)))).hasSize(1);
	}

	@Test
	default void offersARetryAgainAtOnceWhenItWasNotAttempted() {
		DeliveryRequest request = aRequest().build();
		defer(request, NOW.plusSeconds(60));
		Claim claim = claimAt(NOW.plusSeconds(60));
		Delivery delivery = claimDue(claim).getFirst();

		record(claim, new Attempt.NotMade(delivery));

		List<Delivery> again = claimDue(claimAt(NOW.plusSeconds(61)));
		assertThat(again).hasSize(1);
		assertThat(again.getFirst().attempts()).isEqualTo(1);
	}

	@Test
	default void cancelsARetryThatHasExpired() {
		DeliveryRequest request = aRequest().expiringAt(NOW.plusSeconds(60)).build();
		defer(request, NOW.plusSeconds(60));

		Admission due = require(
				deliveries().claimDueSingle(100, claimAt(NOW.plusSeconds(60))).block(Duration.ofSeconds(60)));

		assertThat(due.claimed()).isEmpty();
		assertThat(due.cancelled()).isOne();
		assertThat(events()).endsWith(new Cancelled(subject(request), NOW.plusSeconds(60), Cancelled.EXPIRED));
		assertThat(stateOf(request.id())).isEqualTo(DeliveryState.CANCELLED);
		assertThat(queue(NOW.plusSeconds(60))).isEqualTo(new Deliveries.RetryQueue(0, 0));
	}

	@Test
	default void countsEveryAttempt() {
		DeliveryRequest request = aRequest().build();
		defer(request, NOW.plusSeconds(60));
		Claim second = claimAt(NOW.plusSeconds(60));
		record(second, deferred(claimDue(second).getFirst(), NOW.plusSeconds(61), NOW.plusSeconds(300)));
		Claim third = claimAt(NOW.plusSeconds(300));
		Delivery delivery = claimDue(third).getFirst();

		record(third, sent(delivery, NOW.plusSeconds(301)));

		assertThat(delivery.attempts()).isEqualTo(2);
		assertThat(events()).endsWith(new DeliveryEvent.Sent(subject(request), NOW.plusSeconds(301), 250, 3));
		assertThat(queue(NOW.plusSeconds(301))).isEqualTo(new Deliveries.RetryQueue(0, 0));
	}

	@Test
	default void deadLettersTheRecordAsItCameWhenTheMailIsRejected() {
		DeliveryRequest request = aRequest().build();
		Claim claim = claimAt(NOW);

		record(claim, rejected(claimed(request, claim), NOW));

		assertThat(stateOf(request.id())).isEqualTo(DeliveryState.REJECTED);
		assertThat(deadLetters()).hasSize(1);
		assertThat(deadLetters().getFirst().reasonCode()).isEqualTo("mailbox-unknown");
		assertThat(deadLetters().getFirst().detail()).contains("550").contains("5.1.1 no such user");
		assertThat(deadLetters().getFirst().record()).usingRecursiveComparison().isEqualTo(request.original());
		assertThat(admit(batchOf(request), claimAt(NOW.plusSeconds(120))).claimed()).as("never retried").isEmpty();
	}

	@Test
	default void deadLettersTheRecordAsItCameWhenRetriesAreExhausted() {
		DeliveryRequest request = aRequest().build();
		defer(request, NOW.plusSeconds(60));
		Claim claim = claimAt(NOW.plusSeconds(60));
		Delivery delivery = claimDue(claim).getFirst();
		Attempt.Failure failure = deferred(delivery, NOW, NOW).failure();

		record(claim,
				new Attempt.Rejected(delivery, NOW.plusSeconds(61), failure, Attempt.Rejected.ATTEMPTS_EXHAUSTED));

		assertThat(events()).endsWith(new DeliveryEvent.Undeliverable(subject(request), NOW.plusSeconds(61),
				"attempts-exhausted", 450, "4.2.1", 2));
		assertThat(deadLetters()).hasSize(1);
		assertThat(deadLetters().getFirst().reasonCode()).isEqualTo("attempts-exhausted");
		assertThat(deadLetters().getFirst().detail()).contains("mailbox-busy");
		assertThat(deadLetters().getFirst().record()).usingRecursiveComparison().isEqualTo(request.original());
		assertThat(queue(NOW.plusSeconds(61))).as("no personal data kept").isEqualTo(new Deliveries.RetryQueue(0, 0));
	}

	@Test
	default void rejectsDeadLettersAndTellsWhatNobodyCanCarryOut() {
		DeliveryRequest request = aRequest().build();

		giveUp(useless(request, NOW));

		assertThat(stateOf(request.id())).isEqualTo(DeliveryState.REJECTED);
		assertThat(events())
			.containsExactly(new DeliveryEvent.Undeliverable(subject(request), NOW, "out-of-range", null, null, 0));
		assertThat(deadLetters()).singleElement().satisfies((letter) -> {
			assertThat(letter.reasonCode()).isEqualTo("out-of-range");
			assertThat(letter.record()).usingRecursiveComparison().isEqualTo(request.original());
		});
		assertThat(admit(batchOf(request), claimAt(NOW.plusSeconds(120))).claimed()).as("never sent").isEmpty();
	}

	@Test
	default void tellsOnceWhatIsGivenUpTwice() {
		DeliveryRequest request = aRequest().build();
		DeliveryRequest other = aRequest().build();

		giveUp(useless(request, NOW), useless(request, NOW));
		giveUp(useless(request, NOW.plusSeconds(1)), useless(other, NOW.plusSeconds(1)));

		assertThat(events()).containsExactly(
				new DeliveryEvent.Undeliverable(subject(request), NOW, "out-of-range", null, null, 0),
				new DeliveryEvent.Undeliverable(subject(other), NOW.plusSeconds(1), "out-of-range", null, null, 0));
		assertThat(deadLetters()).as("as often as it came").hasSize(4);
	}

	@Test
	default void deadLettersAndTellsNothingOfWhatConcernsNobody() {
		giveUp(new UselessRequest(useless(aRequest().build(), NOW).letter(), null));

		assertThat(events()).isEmpty();
		assertThat(deadLetters()).hasSize(1);
	}

	@Test
	default void leavesADeliveryAloneWhenAnotherRequestForItCannotBeCarriedOut() {
		DeliveryRequest sent = aRequest().build();
		DeliveryRequest underWay = aRequest().build();
		DeliveryRequest deferred = aRequest().build();
		Claim claim = claimAt(NOW);
		record(claim, sent(claimed(sent, claim), NOW));
		Delivery delivery = claimed(underWay, claim);
		defer(deferred, NOW.plusSeconds(60));

		giveUp(useless(sent, NOW), useless(underWay, NOW), useless(deferred, NOW));
		record(claim, sent(delivery, NOW));

		assertThat(stateOf(sent.id())).isEqualTo(DeliveryState.SENT);
		assertThat(stateOf(underWay.id())).isEqualTo(DeliveryState.SENT);
		assertThat(claimDue(claimAt(NOW.plusSeconds(60)))).hasSize(1);
		assertThat(events()).noneMatch(DeliveryEvent.Undeliverable.class::isInstance);
		assertThat(deadLetters()).hasSize(3);
	}

	@Test
	default void keepsTextThatNoDatabaseLikes() {
		DeliveryRequest request = aRequest().saying("a\0b \uD83D\uDE80 ' \" \\ {x,y} NULL").build();
		defer(request, NOW.plusSeconds(60));

		Delivery delivery = claimDue(claimAt(NOW.plusSeconds(60))).getFirst();

		assertThat(delivery.request().message()).isEqualTo("ab \uD83D\uDE80 ' \" \\ {x,y} NULL");
	}

	@Test
	default void tellsHowManyRetriesAreDueAndHowManyWait() {
		defer(aRequest().build(), NOW.plusSeconds(10));
		defer(aRequest().build(), NOW.plusSeconds(20));
		defer(aRequest().build(), NOW.plusSeconds(30));

		assertThat(queue(NOW.plusSeconds(20))).isEqualTo(new Deliveries.RetryQueue(2, 1));
	}

	private Admission admit(RequestBatch batch, Claim claim) {
		return require(deliveries().admit(batch, claim).block(Duration.ofSeconds(60)));
	}

	private Delivery claimed(DeliveryRequest request, Claim claim) {
		return admit(batchOf(request), claim).claimed().getFirst();
	}

	/** Those of both lanes. */
	private List<Delivery> claimDue(Claim claim) {
		List<Delivery> due = new ArrayList<>(claimDueSingle(100, claim));
		due.addAll(claimDueOfBulks(NOBODY, 100, claim));
		return due;
	}

	private List<Delivery> claimDueSingle(int limit, Claim claim) {
		return require(deliveries().claimDueSingle(limit, claim).block(Duration.ofSeconds(60))).claimed();
	}

	private List<Delivery> claimDueOfBulks(UUID after, int limit, Claim claim) {
		return require(deliveries().claimDueOfBulks(after, limit, claim).block(Duration.ofSeconds(60))).claimed();
	}

	private static List<UUID> spaces(List<Delivery> deliveries) {
		return deliveries.stream().map((delivery) -> delivery.request().partnerSpaceId()).toList();
	}

	private int cancelDeferred(Instant now) {
		return require(deliveries().cancelDeferred(100, now).block(Duration.ofSeconds(60)));
	}

	private void record(Claim claim, Attempt... attempts) {
		deliveries().record(List.of(attempts), claim).block(Duration.ofSeconds(60));
	}

	private void giveUp(UselessRequest... requests) {
		deliveries().giveUp(List.of(requests)).block(Duration.ofSeconds(60));
	}

	private void defer(DeliveryRequest request, Instant nextAttemptAt) {
		Claim claim = claimAt(NOW);
		record(claim, deferred(claimed(request, claim), NOW, nextAttemptAt));
	}

	private Deliveries.RetryQueue queue(Instant now) {
		return require(deliveries().retryQueue(now).block(Duration.ofSeconds(60)));
	}

	private static DeliveryEvent.Subject subject(DeliveryRequest request) {
		return new DeliveryEvent.Subject(request.id(), request.partnerSpaceId(), request.clientId());
	}

	private static <T> T require(@Nullable T value) {
		assertThat(value).isNotNull();
		return value;
	}

}
