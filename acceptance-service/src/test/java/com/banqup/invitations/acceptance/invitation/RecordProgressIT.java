package com.banqup.invitations.acceptance.invitation;

import java.util.List;
import java.util.UUID;

import com.banqup.invitations.acceptance.TestClock;
import com.banqup.invitations.acceptance.UseCases;
import com.banqup.invitations.events.InvitationProgressed;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import org.springframework.beans.factory.annotation.Autowired;

import static com.banqup.invitations.acceptance.invitation.TestInvitations.anInvitation;
import static org.assertj.core.api.Assertions.assertThat;

@NullUnmarked
class RecordProgressIT extends UseCases {

	@Autowired
	private RecordProgress recordProgress;

	@Test
	void tellsEachStepOnce() {
		TestInvitations invitation = learned(anInvitation());

		record(invitation, ProgressStep.OPENED);
		record(invitation, ProgressStep.OPENED);
		record(invitation, ProgressStep.SIGNED_IN);

		assertThat(stepsOf(invitation)).containsExactly("OPENED", "SIGNED_IN");
	}

	@Test
	void goesOnlyForwards() {
		TestInvitations invitation = learned(anInvitation());

		record(invitation, ProgressStep.SPACE_CHOSEN);
		record(invitation, ProgressStep.OPENED);

		assertThat(stepsOf(invitation)).containsExactly("SPACE_CHOSEN");
	}

	@Test
	void tellsAStepOnceWhenItIsTakenInTwentyTabsAtOnce() {
		TestInvitations invitation = learned(anInvitation());

		Flux.range(0, 20)
			.flatMap((i) -> this.recordProgress.record(invitation.link(), ProgressStep.OPENED), 20)
			.blockLast();

		assertThat(stepsOf(invitation)).containsExactly("OPENED");
	}

	@Test
	void ignoresAStepOfALinkThatCannotBeAccepted() {
		TestInvitations expired = learned(anInvitation().expiringAt(TestClock.START));
		TestInvitations superseded = learned(anInvitation());
		learned(superseded.resent());
		TestInvitations accepted = learned(anInvitation());
		this.invitations.claim(accepted.link(), UUID.randomUUID(), TestClock.START).block();
		TestInvitations unknown = anInvitation();

		for (TestInvitations invitation : List.of(expired, superseded, accepted, unknown)) {
			record(invitation, ProgressStep.OPENED);

			assertThat(stepsOf(invitation)).isEmpty();
		}
	}

	private void record(TestInvitations invitation, ProgressStep step) {
		this.recordProgress.record(invitation.link(), step).block();
	}

	private List<String> stepsOf(TestInvitations invitation) {
		return eventsOf(invitation).stream().map((event) -> ((InvitationProgressed) event).getStep().name()).toList();
	}

}
