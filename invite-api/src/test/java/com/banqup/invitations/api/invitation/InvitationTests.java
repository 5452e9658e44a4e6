package com.banqup.invitations.api.invitation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

import com.banqup.invitations.api.client.ClientId;
import com.banqup.invitations.api.partnerspace.PartnerSpaceId;
import com.banqup.invitations.api.template.TemplateId;
import com.banqup.invitations.link.LinkToken;
import com.banqup.invitations.schemas.InviteeLanguage;
import com.banqup.invitations.schemas.Permission;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class InvitationTests {

	private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");

	private static final Instant NOW = Instant.parse("2026-01-05T00:00:00Z");

	@ParameterizedTest
	@EnumSource(names = { "PENDING", "EXPIRED" })
	void isPendingInItsNextGenerationForItsWholeTime(InvitationState state) {
		Invitation invitation = invitation(state, null);

		Invitation resent = invitation.resent("user-2", NOW);

		assertThat(resent.id()).isEqualTo(invitation.id());
		assertThat(resent.generation()).isEqualTo(4);
		assertThat(resent.state()).isEqualTo(InvitationState.PENDING);
		assertThat(resent.expiresAt()).isEqualTo(NOW.plus(Duration.ofDays(7)));
		assertThat(resent.requestedAt()).isEqualTo(NOW);
		assertThat(resent.requestedBy()).isEqualTo("user-2");
		assertThat(resent.createdAt()).isEqualTo(CREATED);
		assertThat(resent.delivery()).isEqualTo(Delivery.queued(NOW));
		assertThat(resent.progress()).isEqualTo(Progress.OPENED);
	}

	@ParameterizedTest
	@EnumSource(names = { "ACCEPTED", "REVOKED" })
	void cannotBeSentAgainWhenItHasEnded(InvitationState state) {
		assertThatExceptionOfType(NoPendingInvitation.class)
			.isThrownBy(() -> invitation(state, null).resent("user-2", NOW));
	}

	@ParameterizedTest
	@EnumSource(names = { "PENDING", "EXPIRED" })
	void cannotBeSentAgainOnceItsEndIsAskedFor(InvitationState state) {
		assertThatExceptionOfType(RevocationInProgress.class)
			.isThrownBy(() -> invitation(state, NOW).resent("user-2", NOW));
	}

	@Test
	void hasAsManyGenerationsAsItsLinksCanCount() {
		Invitation last = invitation(InvitationState.PENDING, null, LinkToken.MAX_GENERATION - 1).resent("user-2", NOW);

		assertThat(last.generation()).isEqualTo(LinkToken.MAX_GENERATION);
		assertThatExceptionOfType(GenerationsExhausted.class).isThrownBy(() -> last.resent("user-2", NOW));
	}

	@Test
	void isAskedForOncePerClient() {
		ClientId client = new ClientId(UUID.randomUUID());

		assertThat(request(List.of(client, client)).clientIds()).containsExactly(client);
	}

	@Test
	void isAskedForAtLeastOneClient() {
		assertThatIllegalArgumentException().isThrownBy(() -> request(List.of()))
			.withMessage("clientIds: 0 (expected: 1..1000)");
	}

	private static InviteRequest request(List<ClientId> clients) {
		return new InviteRequest(new PartnerSpaceId(UUID.randomUUID()), clients, new TemplateId(UUID.randomUUID()),
				null, null, "user-1");
	}

	private static Invitation invitation(InvitationState state, @Nullable Instant revocationRequestedAt) {
		return invitation(state, revocationRequestedAt, 3);
	}

	private static Invitation invitation(InvitationState state, @Nullable Instant revocationRequestedAt,
			int generation) {
		return new Invitation(new InvitationId(UUID.randomUUID()), new PartnerSpaceId(UUID.randomUUID()),
				new ClientId(UUID.randomUUID()), new TemplateId(UUID.randomUUID()), "invitation-requests", state,
				generation, InviteeLanguage.DUTCH, null, List.of(Permission.VIEW_DOCUMENTS), 7, CREATED, "user-1",
				CREATED, CREATED.plus(Duration.ofDays(7)), null, revocationRequestedAt,
				new Delivery(DeliveryState.SENT, null, 250, 1, null, CREATED), Progress.OPENED);
	}

}
