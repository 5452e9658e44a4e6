package com.banqup.invitations.acceptance.page;

import com.banqup.invitations.acceptance.invitation.Invitation;
import com.banqup.invitations.acceptance.invitation.LinkState;
import com.banqup.invitations.acceptance.login.SignedIn;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Pages for links that cannot be accepted. Who holds a genuine link got the mail, so it
 * is told who invited; of an accepted invitation nothing is told but to who accepted it.
 */
@Component
final class LinkStatePages {

	private final PageProperties properties;

	LinkStatePages(PageProperties properties) {
		this.properties = properties;
	}

	/**
	 * What to answer instead of the page that was asked for.
	 * @param token as it stood in the address
	 * @param signedIn who asks, null for somebody unknown
	 */
	Page instead(LinkState state, String token, @Nullable SignedIn signedIn) {
		return switch (state) {
			case LinkState.Valid valid -> Page.seeOther(new InvitationPath(token).landing());
			case LinkState.Unknown unknown -> unknown();
			case LinkState.NotYetKnown notYetKnown -> notYetKnown(new InvitationPath(token));
			case LinkState.Expired expired -> ended(expired.invitation(), token, expired(expired.invitation()));
			case LinkState.Superseded superseded ->
				ended(superseded.invitation(), token, superseded(superseded.invitation()));
			case LinkState.Revoked revoked -> ended(revoked.invitation(), token, revoked(revoked.invitation()));
			case LinkState.Accepted accepted -> accepted(accepted.invitation(), new InvitationPath(token), signedIn);
		};
	}

	/** The one answer to everything that is no link of ours. */
	static Page unknown() {
		return Page.shown(HttpStatus.NOT_FOUND,
				NoticeView.of("state.unknown", Tone.PLAIN).saying().advising("state.unknown.action"));
	}

	private Page notYetKnown(InvitationPath path) {
		return Page
			.shown(HttpStatus.SERVICE_UNAVAILABLE,
					NoticeView.of("state.not-known-yet", Tone.WAITING).saying().leadingTo(path.landing()))
			.at(path.landing())
			.retryAfter(this.properties.retryAfter());
	}

	private static Page ended(Invitation invitation, String token, NoticeView notice) {
		return Page.shown(HttpStatus.GONE, notice).in(invitation.language()).at(new InvitationPath(token).landing());
	}

	private static NoticeView expired(Invitation invitation) {
		return NoticeView.of("state.expired", Tone.WAITING)
			.saying(invitation.expiresAt())
			.advising("state.expired.action", invitation.partnerName());
	}

	private static NoticeView superseded(Invitation invitation) {
		return NoticeView.of("state.superseded", Tone.MAIL)
			.saying(invitation.partnerName())
			.advising("state.superseded.action");
	}

	private static NoticeView revoked(Invitation invitation) {
		return invitation.partnerName().isEmpty()
				? NoticeView.of("state.revoked", Tone.PLAIN).advising("state.revoked.action.nobody")
				: NoticeView.of("state.revoked", Tone.PLAIN)
					.saying(invitation.partnerName())
					.advising("state.revoked.action", invitation.partnerName());
	}

	private static Page accepted(Invitation invitation, InvitationPath path, @Nullable SignedIn signedIn) {
		if (signedIn != null && invitation.isAcceptedBy(signedIn.accountId())) {
			return Page.seeOther(path.done());
		}
		NoticeView.Post signIn = new NoticeView.Post(path.proceed(), (signedIn != null) ? "other" : "existing",
				(signedIn != null) ? "landing.account.other" : "state.used.sign-in.action");
		return Page
			.shown(HttpStatus.CONFLICT,
					NoticeView.of("state.used", Tone.PLAIN)
						.saying()
						.advising("state.used.action")
						.asking("state.used.sign-in", signIn))
			.in(invitation.language())
			.at(path.landing());
	}

}
