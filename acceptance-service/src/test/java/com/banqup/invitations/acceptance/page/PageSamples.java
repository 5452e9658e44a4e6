package com.banqup.invitations.acceptance.page;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.banqup.invitations.acceptance.businessspace.BusinessSpace;
import com.banqup.invitations.acceptance.consent.ConsentText;
import com.banqup.invitations.acceptance.consent.ConsentTexts;
import com.banqup.invitations.acceptance.invitation.Invitation;
import com.banqup.invitations.acceptance.invitation.InvitationState;
import com.banqup.invitations.acceptance.invitation.LinkState;
import com.banqup.invitations.link.LinkToken;
import com.banqup.invitations.schemas.InviteeLanguage;
import com.banqup.invitations.schemas.Permission;

/** One of each page and state. */
final class PageSamples {

	static final String TOKEN = "AQ" + "x".repeat(45);

	static final InvitationPath PATH = new InvitationPath(TOKEN);

	static final Instant EXPIRES = Instant.parse("2026-12-22T09:30:00Z");

	private static final PageProperties PROPERTIES = new PageProperties(ZoneId.of("Europe/Brussels"),
			Duration.ofSeconds(5));

	private PageSamples() {
	}

	static PageRenderer renderer() {
		return new PageRenderer(PROPERTIES, new Assets());
	}

	static Invitation invitation(String partner, String client, InviteeLanguage language) {
		return new Invitation(UUID.fromString("0198c1de-0000-7000-8000-000000000001"), 1,
				UUID.fromString("0198c1de-0000-7000-8000-000000000002"), partner,
				UUID.fromString("0198c1de-0000-7000-8000-000000000003"), client, language,
				List.of(Permission.VIEW_DOCUMENTS, Permission.MANAGE_DOCUMENTS, Permission.VIEW_REPORTS), EXPIRES,
				InvitationState.PENDING, null);
	}

	static BusinessSpace space(String name) {
		return new BusinessSpace(UUID.nameUUIDFromBytes(name.getBytes()), name, "BE", "BE0123456789", null, EXPIRES);
	}

	static LandingView landing(String partner, String client, InviteeLanguage language) {
		return LandingView.of(invitation(partner, client, language), PATH);
	}

	static SpaceView spaces(String partner, String... names) {
		List<SpaceChoice> choices = Arrays.stream(names).map(PageSamples::space).map(SpaceChoice::of).toList();
		SpaceForm form = new SpaceForm(choices.isEmpty() ? "new" : choices.getFirst().id(),
				"Bäckerei Müller & Söhne GmbH", "BE", "", "");
		return new SpaceView(partner, choices, form, List.of(), PATH.space(), PATH.proceed());
	}

	static SpaceView wrongSpace(String partner) {
		SpaceForm form = new SpaceForm("new", "", "", "12", "");
		return new SpaceView(partner, List.of(SpaceChoice.of(space("Bakkerij De Smet"))), form,
				List.of(new FieldError("name", "error.name.required"),
						new FieldError("country", "error.country.required"),
						new FieldError("vatNumber", "error.vat-number.malformed", List.of("BE0123456789"))),
				PATH.space(), PATH.proceed());
	}

	static ConfirmView confirm(String partner, String space, InviteeLanguage language, FieldError... errors) {
		ConsentText text = ConsentTexts.in(language)
			.granting(partner, invitation(partner, space, language).permissions());
		return new ConfirmView(partner, SpaceChoice.of(space(space)), "0198c1de-0000-7000-8000-000000000004",
				ConsentBlock.of(text), ConfirmForm.reference(text), List.of(errors), PATH.confirm(), PATH.space());
	}

	static DoneView done(String partner, String space) {
		return new DoneView(partner, SpaceChoice.of(space(space)),
				List.of(Permission.VIEW_DOCUMENTS, Permission.MANAGE_DOCUMENTS), Instant.parse("2026-11-24T13:05:00Z"));
	}

	static View state(LinkState state) {
		return ((Page.Shown) new LinkStatePages(PROPERTIES).instead(state, TOKEN, null)).view();
	}

	/** Every page and state by name. */
	static Map<String, View> all(String partner, String client, InviteeLanguage language) {
		LinkToken link = new LinkToken(UUID.randomUUID(), 1);
		Invitation invitation = invitation(partner, client, language);
		Map<String, View> views = new LinkedHashMap<>();
		views.put("landing", landing(partner, client, language));
		views.put("space-first", spaces(partner));
		views.put("space-choose", spaces(partner, client, "Société Générale d’Études et de Réalisations SRL"));
		views.put("space-errors", wrongSpace(partner));
		views.put("confirm", confirm(partner, client, language));
		views.put("confirm-errors",
				confirm(partner, client, language, new FieldError("consent", "error.consent.required")));
		views.put("done", done(partner, client));
		views.put("unknown", state(new LinkState.Unknown()));
		views.put("not-known-yet", state(new LinkState.NotYetKnown(link)));
		views.put("expired", state(new LinkState.Expired(link, invitation)));
		views.put("superseded", state(new LinkState.Superseded(link, invitation)));
		views.put("revoked", state(new LinkState.Revoked(link, invitation)));
		views.put("used", state(new LinkState.Accepted(link, invitation)));
		views.put("forbidden", NoticeView.of("state.forbidden", Tone.WAITING).saying().leadingTo(PATH.landing()));
		views.put("session-ended",
				NoticeView.of("state.session-ended", Tone.WAITING).saying().leadingTo(PATH.landing()));
		views.put("sign-in-failed",
				NoticeView.of("state.sign-in-failed", Tone.PLAIN).saying().leadingTo(PATH.landing()));
		views.put("provider-down",
				NoticeView.of("state.provider-down", Tone.WAITING).saying().leadingTo(PATH.landing()));
		views.put("error", NoticeView.of("state.error", Tone.PLAIN).saying().leadingTo(PATH.landing()));
		views.put("too-large", NoticeView.of("state.too-large", Tone.PLAIN).saying());
		views.put("not-found",
				NoticeView.of("state.not-found", Tone.PLAIN).saying().advising("state.not-found.action"));
		views.put("signed-out", NoticeView.of("signed-out", Tone.GOOD).saying());
		return views;
	}

}
