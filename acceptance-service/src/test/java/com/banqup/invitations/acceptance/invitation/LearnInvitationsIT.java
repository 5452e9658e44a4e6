package com.banqup.invitations.acceptance.invitation;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.banqup.invitations.acceptance.TestClock;
import com.banqup.invitations.acceptance.UseCases;
import com.banqup.invitations.acceptance.invitation.LearnInvitations.Learned;
import com.banqup.invitations.events.InvitationRevoked;
import com.banqup.invitations.schemas.InviteeLanguage;
import com.banqup.invitations.schemas.Permission;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

import static com.banqup.invitations.acceptance.invitation.TestInvitations.anInvitation;
import static org.assertj.core.api.Assertions.assertThat;

@NullUnmarked
class LearnInvitationsIT extends UseCases {

	@Test
	void keepsWhatIsNeededToShowAndToAccept() {
		TestInvitations invitation = learned(anInvitation());

		assertThat(find(invitation)).isEqualTo(new Invitation(invitation.id(), 1, invitation.partnerSpaceId(),
				"Müller & Partner", invitation.clientId(), "Bakery", InviteeLanguage.DUTCH,
				List.of(Permission.VIEW_DOCUMENTS, Permission.VIEW_REPORTS), invitation.expiresAt(),
				InvitationState.PENDING, null));
	}

	@ParameterizedTest
	@ValueSource(strings = { "1970-01-01T00:00:00Z", "9999-12-31T00:00:00Z" })
	void keepsMomentsFarAway(Instant moment) {
		TestInvitations invitation = learned(anInvitation().expiringAt(moment));

		assertThat(find(invitation).expiresAt()).isEqualTo(moment);
	}

	@Test
	void learnsABatchOnceHoweverOftenItComes() {
		List<RequestedInvitation> batch = IntStream.range(0, 500).mapToObj((i) -> anInvitation().requested()).toList();

		assertThat(learn(batch)).isEqualTo(new Learned(500, 0));
		assertThat(learn(batch)).isEqualTo(new Learned(0, 0));
	}

	@Test
	void takesTheHighestGenerationOfABatch() {
		TestInvitations first = anInvitation();
		TestInvitations second = first.resent();
		TestInvitations third = second.resent();

		Learned learned = learn(List.of(second.requested(), third.requested(), first.requested()));

		assertThat(learned.learned()).isEqualTo(1);
		assertThat(find(first).generation()).isEqualTo(3);
		assertThat(find(first).expiresAt()).isEqualTo(third.expiresAt());
	}

	@Test
	void learnsOverlappingBatchesAtTheSameTimeInAnyOrder() {
		List<RequestedInvitation> batch = IntStream.range(0, 200).mapToObj((i) -> anInvitation().requested()).toList();

		List<Learned> learned = Flux.range(0, 8)
			.flatMap((i) -> this.learnInvitations.learn((i % 2 == 0) ? batch : batch.reversed(), List.of()), 8)
			.collectList()
			.block();

		assertThat(learned).extracting(Learned::learned).containsOnlyOnce(200L).contains(0L);
	}

	@Test
	void revokesOnceAndTellsOnce() {
		TestInvitations invitation = learned(anInvitation());

		Learned first = revoke(invitation);
		Learned again = revoke(invitation);

		assertThat(first.revoked()).isEqualTo(1);
		assertThat(again.revoked()).isZero();
		assertThat(eventsOf(invitation)).singleElement().isInstanceOfSatisfying(InvitationRevoked.class, (event) -> {
			assertThat(event.getInvitationId()).isEqualTo(invitation.id());
			assertThat(event.getPartnerSpaceId()).isEqualTo(invitation.partnerSpaceId());
			assertThat(event.getOccurredAt()).isEqualTo(TestClock.START);
		});
	}

	@Test
	void ignoresARevocationAfterTheInvitationWasAccepted() {
		TestInvitations invitation = learned(anInvitation());
		this.invitations.claim(invitation.link(), UUID.randomUUID(), TestClock.START).block();

		assertThat(revoke(invitation).revoked()).isZero();
		assertThat(find(invitation).state()).isEqualTo(InvitationState.ACCEPTED);
		assertThat(eventsOf(invitation)).isEmpty();
	}

	@Test
	void ignoresAResendAfterTheInvitationWasAccepted() {
		TestInvitations invitation = learned(anInvitation());
		this.invitations.claim(invitation.link(), UUID.randomUUID(), TestClock.START).block();

		assertThat(learn(List.of(invitation.resent().requested())).learned()).isZero();
		assertThat(find(invitation).generation()).isEqualTo(1);
	}

	@Test
	void doesNotReviveARevokedInvitationByAResend() {
		TestInvitations invitation = learned(anInvitation());
		revoke(invitation);

		learned(invitation.resent());

		assertThat(find(invitation).state()).isEqualTo(InvitationState.REVOKED);
	}

	@Test
	void remembersARevocationThatComesFirst() {
		TestInvitations invitation = anInvitation();

		assertThat(revoke(invitation).revoked()).isEqualTo(1);
		assertThat(find(invitation).state()).isEqualTo(InvitationState.REVOKED);
		assertThat(find(invitation).generation()).isZero();
		learned(invitation);
		assertThat(find(invitation).state()).isEqualTo(InvitationState.REVOKED);
		assertThat(find(invitation).generation()).isEqualTo(1);
	}

	private Learned learn(List<RequestedInvitation> requests) {
		return this.learnInvitations.learn(requests, List.of()).block();
	}

	private Learned revoke(TestInvitations... revoked) {
		return this.learnInvitations.learn(List.of(), Stream.of(revoked).map(TestInvitations::revocation).toList())
			.block();
	}

}
