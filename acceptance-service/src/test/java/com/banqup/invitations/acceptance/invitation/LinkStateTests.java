package com.banqup.invitations.acceptance.invitation;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.banqup.invitations.link.LinkToken;
import com.banqup.invitations.schemas.InviteeLanguage;
import com.banqup.invitations.schemas.Permission;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LinkStateTests {

	private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

	private static final UUID ID = UUID.randomUUID();

	private static final LinkToken FIRST = new LinkToken(ID, 1);

	private static final LinkToken SECOND = new LinkToken(ID, 2);

	@Test
	void isValidUntilTheInstantOfExpiry() {
		Invitation invitation = invitation(1, NOW.plusMillis(1), InvitationState.PENDING);

		assertThat(LinkState.of(FIRST, invitation, NOW)).isEqualTo(new LinkState.Valid(FIRST, invitation));
	}

	@Test
	void isExpiredFromTheInstantOfExpiry() {
		Invitation invitation = invitation(1, NOW, InvitationState.PENDING);

		assertThat(LinkState.of(FIRST, invitation, NOW)).isEqualTo(new LinkState.Expired(FIRST, invitation));
	}

	@Test
	void isSupersededByAHigherGeneration() {
		Invitation invitation = invitation(2, NOW.plusSeconds(1), InvitationState.PENDING);

		assertThat(LinkState.of(FIRST, invitation, NOW)).isEqualTo(new LinkState.Superseded(FIRST, invitation));
	}

	@Test
	void isSupersededRatherThanExpiredWhenTheNewerOneHasExpiredToo() {
		Invitation invitation = invitation(2, NOW, InvitationState.PENDING);

		assertThat(LinkState.of(FIRST, invitation, NOW)).isInstanceOf(LinkState.Superseded.class);
	}

	@Test
	void isNotYetKnownWhenItsGenerationHasNotArrived() {
		Invitation invitation = invitation(1, NOW.plusSeconds(1), InvitationState.PENDING);

		assertThat(LinkState.of(SECOND, invitation, NOW)).isEqualTo(new LinkState.NotYetKnown(SECOND));
	}

	@Test
	void isNotYetKnownWithoutAnInvitation() {
		assertThat(LinkState.of(FIRST, null, NOW)).isEqualTo(new LinkState.NotYetKnown(FIRST));
	}

	@Test
	void staysAcceptedWhateverTheClockAndGenerationSay() {
		Invitation invitation = invitation(2, NOW.minusSeconds(1), InvitationState.ACCEPTED);

		assertThat(LinkState.of(FIRST, invitation, NOW)).isEqualTo(new LinkState.Accepted(FIRST, invitation));
	}

	@Test
	void staysRevokedWhateverTheClockAndGenerationSay() {
		Invitation tombstone = invitation(0, Instant.EPOCH, InvitationState.REVOKED);

		assertThat(LinkState.of(SECOND, tombstone, NOW)).isEqualTo(new LinkState.Revoked(SECOND, tombstone));
	}

	private static Invitation invitation(int generation, Instant expiresAt, InvitationState state) {
		@Nullable UUID acceptedBy = (state == InvitationState.ACCEPTED) ? UUID.randomUUID() : null;
		return new Invitation(ID, generation, UUID.randomUUID(), "Accountants", UUID.randomUUID(), "Bakery",
				InviteeLanguage.DUTCH, List.of(Permission.VIEW_DOCUMENTS), expiresAt, state, acceptedBy);
	}

}
