package com.banqup.invitations.acceptance.page;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import com.banqup.invitations.acceptance.invitation.Invitation;
import com.banqup.invitations.acceptance.invitation.InvitationState;
import com.banqup.invitations.acceptance.invitation.LinkState;
import com.banqup.invitations.acceptance.login.SignedIn;
import com.banqup.invitations.link.LinkToken;
import com.banqup.invitations.schemas.InviteeLanguage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;

class LinkStatePagesTests {

	private static final LinkToken LINK = new LinkToken(UUID.randomUUID(), 1);

	private static final UUID ACCEPTED_BY = UUID.randomUUID();

	private final LinkStatePages states = new LinkStatePages(
			new PageProperties(ZoneId.of("Europe/Brussels"), Duration.ofSeconds(7)));

	private final Invitation invitation = PageSamples.invitation("Desmet", "Acme", InviteeLanguage.FRENCH);

	@Test
	void aValidLinkStartsAtTheBeginning() {
		assertThat(instead(new LinkState.Valid(LINK, this.invitation), null))
			.isEqualTo(Page.seeOther(PageSamples.PATH.landing()));
	}

	@Test
	void anUnknownLinkIsAnsweredTheSameWhoeverAsks() {
		Page.Shown page = shown(new LinkState.Unknown(), null);

		assertThat(page.status()).isEqualTo(HttpStatus.NOT_FOUND);
		assertThat(page.ownPath()).isNull();
		assertThat(shown(new LinkState.Unknown(), somebody(ACCEPTED_BY))).isEqualTo(page);
	}

	@Test
	void whatIsNotYetKnownIsWorthAnotherTry() {
		Page.Shown page = shown(new LinkState.NotYetKnown(LINK), null);

		assertThat(page.status()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE);
		assertThat(page.retryAfter()).isEqualTo(Duration.ofSeconds(7));
	}

	@Test
	void whatEndedIsGoneAndSaysWhoCanHelpInTheInvitationsLanguage() {
		for (LinkState state : new LinkState[] { new LinkState.Expired(LINK, this.invitation),
				new LinkState.Superseded(LINK, this.invitation), new LinkState.Revoked(LINK, this.invitation) }) {
			Page.Shown page = shown(state, null);
			assertThat(page.status()).isEqualTo(HttpStatus.GONE);
			assertThat(page.language()).isEqualTo(InviteeLanguage.FRENCH);
			assertThat(page.view().toString()).contains("Desmet");
			assertThat(page.view().hasForm()).isFalse();
		}
	}

	@Test
	void whatWasRevokedBeforeItWasLearnedNamesNobody() {
		Invitation tombstone = PageSamples.invitation("", "", InviteeLanguage.ENGLISH);

		NoticeView view = (NoticeView) shown(new LinkState.Revoked(LINK, tombstone), null).view();

		assertThat(view.text()).isNull();
		assertThat(view.advice()).isEqualTo(Phrase.of("state.revoked.action.nobody"));
	}

	@Test
	void whatWasAcceptedIsShownToWhoAcceptedItOnly() {
		LinkState accepted = new LinkState.Accepted(LINK, accepted());

		assertThat(instead(accepted, somebody(ACCEPTED_BY))).isEqualTo(Page.seeOther(PageSamples.PATH.done()));
		for (Optional<SignedIn> other : List.of(Optional.<SignedIn>empty(), Optional.of(somebody(UUID.randomUUID())))) {
			Page.Shown page = shown(accepted, other.orElse(null));
			assertThat(page.status()).isEqualTo(HttpStatus.CONFLICT);
			assertThat(page.view().toString()).doesNotContain("Desmet", "Acme");
		}
	}

	private Invitation accepted() {
		Invitation pending = this.invitation;
		return new Invitation(pending.id(), pending.generation(), pending.partnerSpaceId(), pending.partnerName(),
				pending.clientId(), pending.clientName(), pending.language(), pending.permissions(),
				pending.expiresAt(), InvitationState.ACCEPTED, ACCEPTED_BY);
	}

	private static SignedIn somebody(UUID account) {
		return new SignedIn(account, "https://id.example", "subject", "An");
	}

	private Page instead(LinkState state, @Nullable SignedIn signedIn) {
		return this.states.instead(state, PageSamples.TOKEN, signedIn);
	}

	private Page.Shown shown(LinkState state, @Nullable SignedIn signedIn) {
		return (Page.Shown) instead(state, signedIn);
	}

}
