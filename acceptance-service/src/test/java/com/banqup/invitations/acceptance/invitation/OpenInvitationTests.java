package com.banqup.invitations.acceptance.invitation;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.banqup.invitations.acceptance.TestClock;
import com.banqup.invitations.link.LinkKeys;
import com.banqup.invitations.link.LinkToken;
import com.banqup.invitations.schemas.InviteeLanguage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static org.assertj.core.api.Assertions.assertThat;

class OpenInvitationTests {

	private static final LinkKeys KEYS = LinkKeys.of(1, Map.of(1, "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="));

	private static final LinkKeys OTHER_KEYS = LinkKeys.of(1,
			Map.of(1, "ZmVkY2JhOTg3NjU0MzIxMGZlZGNiYTk4NzY1NDMyMTA="));

	private final OneInvitation invitations = new OneInvitation();

	private final OpenInvitation openInvitation = new OpenInvitation(KEYS, this.invitations, new TestClock());

	@Test
	void findsTheInvitationOfAGenuineLink() {
		LinkToken link = new LinkToken(this.invitations.invitation.id(), 1);

		this.openInvitation.open(KEYS.tokenFor(link))
			.as(StepVerifier::create)
			.expectNext(new LinkState.Valid(link, this.invitations.invitation))
			.verifyComplete();
	}

	@Test
	void saysThatTheInvitationOfAGenuineLinkHasNotArrivedYet() {
		LinkToken link = new LinkToken(UUID.randomUUID(), 1);

		this.openInvitation.open(KEYS.tokenFor(link))
			.as(StepVerifier::create)
			.expectNext(new LinkState.NotYetKnown(link))
			.verifyComplete();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "nonsense", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
			"%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%%" })
	void asksTheDatabaseNothingForWhatIsNoLink(String token) {
		this.openInvitation.open(token).as(StepVerifier::create).expectNext(new LinkState.Unknown()).verifyComplete();

		assertThat(this.invitations.finds).isZero();
	}

	@Test
	void asksTheDatabaseNothingForALinkMadeWithAnotherKey() {
		String forged = OTHER_KEYS.tokenFor(new LinkToken(this.invitations.invitation.id(), 1));

		this.openInvitation.open(forged).as(StepVerifier::create).expectNext(new LinkState.Unknown()).verifyComplete();

		assertThat(this.invitations.finds).isZero();
	}

	private static final class OneInvitation implements Invitations {

		private final Invitation invitation = new Invitation(UUID.randomUUID(), 1, UUID.randomUUID(), "Accountants",
				UUID.randomUUID(), "Bakery", InviteeLanguage.DUTCH, List.of(), TestClock.START.plusSeconds(1),
				InvitationState.PENDING, null);

		private int finds;

		@Override
		public Mono<Invitation> find(UUID id) {
			this.finds++;
			return id.equals(this.invitation.id()) ? Mono.just(this.invitation) : Mono.empty();
		}

		@Override
		public Mono<Long> learn(Collection<RequestedInvitation> requests) {
			throw new AssertionError("opening a link learns nothing");
		}

		@Override
		public Mono<List<Revocation>> revoke(Collection<Revocation> revocations, Instant now) {
			throw new AssertionError("opening a link revokes nothing");
		}

		@Override
		public Mono<Invitation> advance(LinkToken link, ProgressStep step, Instant now) {
			throw new AssertionError("opening a link is no step");
		}

		@Override
		public Mono<Invitation> claim(LinkToken link, UUID accountId, Instant now) {
			throw new AssertionError("opening a link claims nothing");
		}

	}

}
