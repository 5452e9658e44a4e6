package com.banqup.invitations.acceptance.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import com.banqup.invitations.acceptance.consent.ConsentTexts;
import com.banqup.invitations.schemas.InviteeLanguage;
import org.jspecify.annotations.Nullable;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.security.web.server.csrf.DefaultCsrfToken;

import static org.assertj.core.api.Assertions.assertThat;

class PageRendererTests {

	private static final int LARGEST_PAGE = 60 * 1024;

	private static final String HOSTILE = "\"><script>alert('1')</script><img src=x onerror=alert(1)>'&{0}${7*7}";

	private final PageRenderer renderer = PageSamples.renderer();

	@ParameterizedTest
	@EnumSource(InviteeLanguage.class)
	void everyPageIsAccessibleAndSmallInEveryLanguage(InviteeLanguage language) {
		PageSamples.all("Desmet & Partners Accountants", "Bäckerei Müller & Söhne GmbH", language)
			.forEach((name, view) -> {
				byte[] html = render(view, language, "An Peeters");
				preview(language, name, html);

				assertThat(html.length + new Assets().find(new Assets().stylesheet()).orElseThrow().content().length)
					.as("bytes of %s with its style", name)
					.isLessThan(LARGEST_PAGE);
				assertAccessible(name, Jsoup.parse(new String(html, StandardCharsets.UTF_8)), language);
			});
	}

	private static void assertAccessible(String name, Document page, InviteeLanguage language) {
		assertThat(page.selectXpath("/html").attr("lang")).as("lang of %s", name).isEqualTo(language.code());
		assertThat(page.select("h1")).as("main headings of %s", name).hasSize(1);
		assertThat(page.select("main, header, footer")).as("landmarks of %s", name).hasSize(3);
		assertThat(page.title()).as("title of %s", name).endsWith(" · Banqup");
		assertThat(page.select("script, style, [style], [onclick], [autofocus]:not(#summary)"))
			.as("scripts and styles of %s", name)
			.isEmpty();
		assertThat(page.select("[src]")).as("embedded resources of %s", name).isEmpty();
		assertThat(page.select("link[rel=stylesheet], link[rel=icon]").eachAttr("href"))
			.as("linked resources of %s", name)
			.allMatch((href) -> href.startsWith("/assets/"));
		for (Element field : page.select("input:not([type=hidden]), select")) {
			assertThat(field.closest("label") != null || !page.select("label[for=" + field.id() + "]").isEmpty())
				.as("label of %s on %s", field.id(), name)
				.isTrue();
		}
		for (Element form : page.select("form")) {
			assertThat(form.attr("method")).as("method of a form on %s", name).isEqualTo("post");
			assertThat(form.select("input[name=_csrf]").attr("value")).as("CSRF token on %s", name).isEqualTo("secret");
		}
		Set<String> ids = page.select("[id]").stream().map(Element::id).collect(Collectors.toSet());
		assertThat(page.select("[id]")).as("ids on %s", name).hasSameSizeAs(ids);
		page.select("[aria-describedby], [aria-labelledby]").forEach((element) -> {
			String references = element.attr("aria-describedby") + " " + element.attr("aria-labelledby");
			assertThat(ids).as("references on %s", name).contains(references.strip().split(" +"));
		});
		page.select(".summary a")
			.forEach((link) -> assertThat(ids).as("error links on %s", name).contains(link.attr("href").substring(1)));
	}

	@Test
	void namesAreTextWhateverTheyContain() {
		PageSamples.all(HOSTILE, HOSTILE, InviteeLanguage.ENGLISH).forEach((name, view) -> {
			Document page = Jsoup.parse(html(view, InviteeLanguage.ENGLISH, HOSTILE));

			assertThat(page.select("script, img, [onerror]")).as("elements made by names on %s", name).isEmpty();
			assertThat(page.select("form.account span").text()).as("account on %s", name)
				.isEqualTo("Signed in as " + HOSTILE);
		});
		Document landing = Jsoup
			.parse(html(PageSamples.landing(HOSTILE, "x", InviteeLanguage.ENGLISH), InviteeLanguage.ENGLISH, null));
		assertThat(landing.select("h1").text()).isEqualTo(HOSTILE + " invites you to work together on Banqup");
	}

	@Test
	void whatWasTypedComesBackAsItWas() {
		SpaceForm form = new SpaceForm("new", "\"><b>Acme", "FR", "' autofocus onfocus='x", "<1>");
		SpaceView view = new SpaceView("Desmet", List.of(), form, List.of(), PageSamples.PATH.space(),
				PageSamples.PATH.proceed());

		Document page = Jsoup.parse(html(view, InviteeLanguage.FRENCH, "An"));

		assertThat(page.select("#name").val()).isEqualTo("\"><b>Acme");
		assertThat(page.select("#vatNumber").val()).isEqualTo("' autofocus onfocus='x");
		assertThat(page.select("#registrationNumber").val()).isEqualTo("<1>");
		assertThat(page.select("#country option[selected]").text()).isEqualTo("France");
		assertThat(page.select("[onfocus], b")).isEmpty();
	}

	@Test
	void errorsAreListedAndLinkedToTheirFields() {
		Document page = Jsoup.parse(html(PageSamples.wrongSpace("Desmet"), InviteeLanguage.ENGLISH, "An"));

		assertThat(page.title()).startsWith("Error: ");
		assertThat(page.select(".summary a").eachAttr("href")).containsExactly("#name", "#country", "#vatNumber");
		assertThat(page.select("#vatNumber").attr("aria-invalid")).isEqualTo("true");
		assertThat(page.select("#vatNumber").attr("aria-describedby")).isEqualTo("vatNumber-error vatNumber-hint");
		assertThat(page.select("#vatNumber-error").text())
			.isEqualTo("Error: This does not look like a VAT number. For example: BE0123456789");
	}

	@Test
	void theSpacePageSaysWhatIsRequiredAndExplainsItsGroups() {
		Document first = Jsoup.parse(html(PageSamples.spaces("Desmet"), InviteeLanguage.ENGLISH, "An"));
		Document later = Jsoup.parse(html(PageSamples.spaces("Desmet", "Acme"), InviteeLanguage.ENGLISH, "An"));

		assertThat(first.select("label[for=name], label[for=country]").eachText())
			.containsExactly("Company name (required)", "Country (required)");
		assertThat(first.select("#name[required], #country[required]")).hasSize(2);
		assertThat(later.select("#name[required], #country[required]")).as("only for a new one").isEmpty();
		assertThat(first.select("fieldset.numbers").attr("aria-describedby")).isEqualTo("numbers-hint");
	}

	@Test
	void languagesAreNamedByWhatIsSeenAndMore() {
		Document page = Jsoup
			.parse(html(PageSamples.landing("Desmet", "Acme", InviteeLanguage.ENGLISH), InviteeLanguage.ENGLISH, null));

		assertThat(page.select(".languages a").eachText()).contains("nl Nederlands", "de Deutsch");
		assertThat(page.select(".languages [aria-label], .languages [title]")).isEmpty();
	}

	@Test
	void theConfirmationShowsEveryWordThatIsAgreedTo() {
		ConfirmView view = PageSamples.confirm("Desmet", "Acme", InviteeLanguage.DUTCH);

		Document page = Jsoup.parse(html(view, InviteeLanguage.DUTCH, "An"));

		String shown = page.select("#consent-text p, #consent-text li").eachText().toString();
		ConsentTexts.in(InviteeLanguage.DUTCH)
			.granting("Desmet", PageSamples.invitation("Desmet", "Acme", InviteeLanguage.DUTCH).permissions())
			.text()
			.lines()
			.filter((line) -> !line.isBlank())
			.forEach((line) -> assertThat(shown).contains(line.replaceFirst("^- ", "")));
		assertThat(page.select("input[name=consentText]").val()).startsWith("nl:");
	}

	@Test
	void aChosenLanguageIsCarriedOn() {
		String html = new String(this.renderer.render(PageSamples.landing("Desmet", "Acme", InviteeLanguage.DUTCH),
				new PageRenderer.Surroundings(InviteeLanguage.FRENCH, true, PageSamples.PATH.landing(), null, csrf())),
				StandardCharsets.UTF_8);

		Document page = Jsoup.parse(html);

		assertThat(page.select("form").attr("action")).isEqualTo(PageSamples.PATH.proceed() + "?lang=fr");
		assertThat(page.select(".languages [aria-current]").text()).isEqualTo("fr Français");
		assertThat(page.select(".languages a").eachAttr("href")).containsExactly(
				PageSamples.PATH.landing() + "?lang=en", PageSamples.PATH.landing() + "?lang=nl",
				PageSamples.PATH.landing() + "?lang=de");
	}

	private String html(View view, InviteeLanguage language, @Nullable String account) {
		return new String(render(view, language, account), StandardCharsets.UTF_8);
	}

	private byte[] render(View view, InviteeLanguage language, @Nullable String account) {
		return this.renderer.render(view,
				new PageRenderer.Surroundings(language, false, PageSamples.PATH.landing(), account, csrf()));
	}

	private static DefaultCsrfToken csrf() {
		return new DefaultCsrfToken("X-CSRF-TOKEN", "_csrf", "secret");
	}

	/** For looking at. */
	private static void preview(InviteeLanguage language, String name, byte[] html) {
		try {
			Path folder = Files.createDirectories(Path.of("target/pages/", language.code()));
			Files.write(folder.resolve(name + ".html"), html);
			Assets assets = new Assets();
			for (String path : Set.of(assets.stylesheet(), assets.icon())) {
				Path file = Path.of("target/pages" + path);
				Files.createDirectories(file.getParent());
				Files.write(file, assets.find(path).orElseThrow().content());
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
