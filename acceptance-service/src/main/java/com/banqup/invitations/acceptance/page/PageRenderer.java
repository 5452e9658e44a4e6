package com.banqup.invitations.acceptance.page;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import com.banqup.invitations.schemas.InviteeLanguage;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import org.jspecify.annotations.Nullable;

import org.springframework.security.web.server.csrf.CsrfToken;
import org.springframework.stereotype.Component;

/**
 * Makes HTML of views. Everything is loaded when it is constructed: rendering is pure
 * computation and safe on an event loop.
 */
@Component
final class PageRenderer {

	private static final List<String> TEMPLATES = List.of("landing.jte", "space.jte", "confirm.jte", "done.jte",
			"notice.jte", "layout.jte", "part/check.jte", "part/csrf.jte", "part/errors.jte", "part/field-error.jte",
			"part/lock.jte", "part/pair.jte", "part/permissions.jte", "part/safe.jte", "part/sign.jte",
			"part/steps.jte");

	private final TemplateEngine engine = TemplateEngine.createPrecompiled(ContentType.Html);

	private final Map<InviteeLanguage, Texts> texts;

	private final Assets assets;

	PageRenderer(PageProperties properties, Assets assets) {
		this.assets = assets;
		this.texts = Arrays.stream(InviteeLanguage.values())
			.collect(Collectors.toMap(Function.identity(), (language) -> Texts.load(language, properties.zone()),
					(one, other) -> one, () -> new EnumMap<>(InviteeLanguage.class)));
		TEMPLATES.forEach(this.engine::prepareForRendering);
	}

	/** The page as UTF-8. */
	byte[] render(View view, Surroundings surroundings) {
		Utf8ByteOutput html = new Utf8ByteOutput();
		this.engine.render(view.template(), Map.of("f", frame(surroundings), "v", view), html);
		return html.toByteArray();
	}

	private Frame frame(Surroundings surroundings) {
		return new Frame(texts(surroundings.language()), surroundings.override(), languages(surroundings),
				surroundings.accountName(), surroundings.csrf(), this.assets.stylesheet(), this.assets.icon());
	}

	private List<LanguageChoice> languages(Surroundings surroundings) {
		String path = surroundings.ownPath();
		if (path == null) {
			return List.of();
		}
		return Arrays.stream(InviteeLanguage.values())
			.map((language) -> new LanguageChoice(language.code(), texts(language).text("language.name"),
					LanguageParameter.append(path, language), language == surroundings.language()))
			.toList();
	}

	private Texts texts(InviteeLanguage language) {
		Texts texts = this.texts.get(language);
		if (texts == null) {
			throw new IllegalStateException("texts: none in " + language);
		}
		return texts;
	}

	/**
	 * Where and to whom a page is shown.
	 *
	 * @param override whether the reader chose the language
	 * @param ownPath where the page can be had in another language, null for nowhere
	 */
	record Surroundings(InviteeLanguage language, boolean override, @Nullable String ownPath,
			@Nullable String accountName, @Nullable CsrfToken csrf) {
	}

}
