package com.banqup.invitations.acceptance.page;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

import com.banqup.invitations.acceptance.AcceptanceApplication;
import com.banqup.invitations.acceptance.StoredEvents;
import com.banqup.invitations.acceptance.TestClock;
import com.banqup.invitations.acceptance.TestStack;
import com.banqup.invitations.acceptance.invitation.Invitation;
import com.banqup.invitations.acceptance.invitation.InvitationState;
import com.banqup.invitations.acceptance.invitation.Invitations;
import com.banqup.invitations.acceptance.invitation.LearnInvitations;
import com.banqup.invitations.acceptance.invitation.TestInvitations;
import com.banqup.invitations.acceptance.page.Browser.Answer;
import com.banqup.invitations.devstack.IdentityProvider;
import com.banqup.invitations.devstack.Stack;
import com.banqup.invitations.events.InvitationProgressed;
import com.banqup.invitations.events.LinkEstablished;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static com.banqup.invitations.acceptance.invitation.TestInvitations.anInvitation;
import static org.assertj.core.api.Assertions.assertThat;

/** The client's way through the pages, over HTTP and with a real identity provider. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "outbox.enabled=false", "spring.kafka.listener.auto-startup=false",
				"acceptance.secure-cookies=false" })
@Import({ TestClock.Configuration.class, Interruption.Configuration.class })
@ExtendWith(OutputCaptureExtension.class)
@NullUnmarked
class InvitationPagesIT {

	private static final String[] SHARED_PROPERTIES = { "spring.r2dbc.url", "spring.r2dbc.username",
			"spring.r2dbc.password", "spring.flyway.url", "spring.flyway.user", "spring.flyway.password",
			"invitation-links.current-key", "invitation-links.keys.1", "spring.kafka.bootstrap-servers",
			"spring.kafka.properties.schema.registry.url", "spring.security.oauth2.resourceserver.jwt.issuer-uri",
			"spring.security.oauth2.client.registration.banqup.client-id",
			"spring.security.oauth2.client.registration.banqup.client-secret",
			"spring.security.oauth2.client.provider.banqup.issuer-uri", "spring.r2dbc.pool.max-acquire-time",
			"spring.r2dbc.pool.max-create-connection-time", "acceptance.login.connect-timeout",
			"acceptance.login.response-timeout" };

	private static final String[] ALONE = { "server.port=0", "outbox.enabled=false",
			"spring.kafka.listener.auto-startup=false", "spring.r2dbc.pool.initial-size=1",
			"spring.r2dbc.pool.max-size=4" };

	@LocalServerPort
	private int port;

	@Autowired
	private LearnInvitations learnInvitations;

	@Autowired
	private Invitations invitations;

	@Autowired
	private DatabaseClient database;

	@Autowired
	private TestClock clock;

	@Autowired
	private Interruption interruption;

	@Autowired
	private Environment environment;

	private Browser browser;

	@DynamicPropertySource
	static void stack(DynamicPropertyRegistry registry) {
		TestStack.registerWithIdentity(registry);
	}

	@BeforeEach
	void openBrowser() {
		this.clock.reset();
		this.browser = new Browser(this.port);
	}

	@Test
	void aClientGetsFromTheLinkToLinked() {
		TestInvitations invitation = learned(anInvitation());

		Answer landing = this.browser.get(path(invitation));
		Answer spaces = signIn(landing, "new", aPerson());
		Answer again = this.browser.press(spaces, "/space", Map.of("name", "", "country", "BE"));
		Answer confirmation = this.browser.follow(this.browser.press(again, "/space",
				Map.of("name", "Bäckerei & Söhne", "country", "BE", "vatNumber", "be 0123.456.789")));
		Answer unticked = this.browser.press(confirmation, "/confirm", Map.of());
		Answer done = this.browser.follow(this.browser.press(unticked, "/confirm", Map.of("consent", "yes")));

		assertThat(landing.status()).isEqualTo(200);
		assertThat(landing.heading()).isEqualTo("Müller & Partner nodigt u uit om samen te werken op Banqup");
		assertThat(landing.body()).contains("Uw documenten bekijken", "Geldig tot 31 maart 2026 om 14:00", "Bakery");
		assertThat(spaces.uri().getPath()).isEqualTo(path(invitation) + "/space");
		assertThat(spaces.document().select("#name").val()).isEqualTo("Bakery");
		assertThat(spaces.document().select("#country option[selected]").val()).isEmpty();
		assertThat(spaces.document().select(".languages a")).hasSize(3);
		assertThat(again.document().select(".languages")).as("would lose what was typed").isEmpty();
		assertThat(again.status()).isEqualTo(422);
		assertThat(again.document().select(".summary a").eachAttr("href")).containsExactly("#name", "#vatNumber");
		assertThat(confirmation.document().select(".facts dd").eachText()).contains("Müller & Partner",
				"Bäckerei & Söhne BE0123456789 · BE");
		assertThat(unticked.status()).isEqualTo(422);
		assertThat(unticked.document().select("#consent-error")).hasSize(1);
		assertThat(done.status()).isEqualTo(200);
		assertThat(done.uri().getPath()).isEqualTo(path(invitation) + "/done");
		assertThat(done.heading()).isEqualTo("Klaar. U bent gekoppeld aan Müller & Partner");
		assertThat(find(invitation).state()).isEqualTo(InvitationState.ACCEPTED);
		assertThat(steps(invitation)).containsExactly("OPENED", "SIGNED_IN", "SPACE_CHOSEN", "CONFIRMED");
		assertThat(new StoredEvents(this.database).of(invitation.clientId()))
			.filteredOn(LinkEstablished.class::isInstance)
			.hasSize(1);
	}

	@Test
	void whoAcceptedComesBackToTheDonePageAndAnybodyElseLearnsNothing() {
		TestInvitations invitation = accepted(anInvitation());

		Answer same = this.browser.follow(this.browser.get(path(invitation)));
		Browser stranger = new Browser(this.port);
		Answer unknown = stranger.get(path(invitation));
		Answer other = stranger.follow(signIn(stranger, unknown, "existing", aPerson()));

		assertThat(same.uri().getPath()).endsWith("/done");
		assertThat(unknown.status()).isEqualTo(409);
		assertThat(other.status()).isEqualTo(409);
		for (Answer answer : List.of(unknown, other)) {
			assertThat(answer.heading()).isEqualTo("Deze uitnodiging is al aanvaard");
			assertThat(answer.document().select("main").text()).doesNotContain("Müller", "Bakery");
		}
	}

	@Test
	void whoAcceptedAndSignsInElsewhereSeesTheDonePage() {
		String person = aPerson();
		TestInvitations invitation = accepted(anInvitation(), person);
		Browser phone = new Browser(this.port);

		Answer done = phone.follow(signIn(phone, phone.get(path(invitation)), "existing", person));

		assertThat(done.status()).isEqualTo(200);
		assertThat(done.uri().getPath()).endsWith("/done");
	}

	@Test
	void anExistingBusinessSpaceCanBeChosen() {
		accepted(anInvitation());
		TestInvitations second = learned(anInvitation());

		Answer landing = this.browser.get(path(second));
		Answer spaces = this.browser.follow(this.browser.press(landing, "/continue", "current", Map.of()));
		Answer confirmation = this.browser.follow(this.browser.press(spaces, "/space", Map.of()));

		assertThat(landing.document().select("button[value=current]").text()).isEqualTo("Doorgaan als An Peeters");
		assertThat(spaces.document().select("input[type=radio]")).hasSize(2);
		assertThat(spaces.document().select("input[type=radio][checked]").val()).isNotEqualTo("new");
		assertThat(confirmation.uri().getPath()).endsWith("/confirm");
	}

	@Test
	void aBusinessSpaceOfSomebodyElseCannotBeChosen() {
		accepted(anInvitation());
		String foreign = Objects
			.requireNonNull(this.database.sql("SELECT id FROM business_space LIMIT 1")
				.map((row) -> row.get("id", UUID.class))
				.first()
				.block())
			.toString();
		Browser other = new Browser(this.port);
		TestInvitations invitation = learned(anInvitation());
		Answer spaces = signIn(other, other.get(path(invitation)), "existing", aPerson());

		Answer refused = other.press(spaces, "/space", Map.of("businessSpaceId", foreign));
		Answer nonsense = other.press(spaces, "/space", Map.of("businessSpaceId", "'; DROP TABLE session; --"));
		Answer skipped = other.follow(other.get(path(invitation) + "/confirm"));

		assertThat(refused.status()).isEqualTo(422);
		assertThat(nonsense.status()).isEqualTo(422);
		assertThat(refused.document().select(".summary").text()).contains("hoort niet bij uw account");
		assertThat(skipped.uri().getPath()).endsWith("/space");
	}

	@Nested
	class States {

		@ParameterizedTest
		@ValueSource(strings = { "", "/space", "/confirm", "/done" })
		void unknownForgedAndDamagedLinksGetTheSameAnswer(String step) {
			TestInvitations known = learned(anInvitation());
			String forged = known.token().substring(0, 46) + (known.token().endsWith("A") ? "E" : "A");
			Answer reference = InvitationPagesIT.this.browser
				.follow(InvitationPagesIT.this.browser.get("/i/" + "A".repeat(47) + step));

			assertThat(reference.status()).isEqualTo(404);
			for (String token : List.of(forged, "x", "A".repeat(48), known.token() + "A", "%2F", "a%0ab", "%00%0d%0a",
					"..%2f..", "%25", "a;b")) {
				Answer answer = InvitationPagesIT.this.browser
					.follow(InvitationPagesIT.this.browser.get("/i/" + token + step));
				assertThat(answer.status()).as(token).isEqualTo(404);
				assertThat(answer.body()).as(token).isEqualTo(reference.body());
				for (String header : List.of("Content-Security-Policy", "Cache-Control", "X-Content-Type-Options",
						"X-Frame-Options", "Referrer-Policy", "X-Robots-Tag")) {
					assertThat(answer.header(header)).as(header).isNotEmpty().isEqualTo(reference.header(header));
				}
			}
			Answer notEvenAscii = InvitationPagesIT.this.browser
				.follow(InvitationPagesIT.this.browser.get("/i/%C3%A9" + step));
			assertThat(notEvenAscii.status()).isEqualTo(404);
			assertThat(notEvenAscii.heading()).isNotEmpty();
		}

		@Test
		void genuineButNotYetKnownAsksToTryAgainSoon() {
			Answer answer = InvitationPagesIT.this.browser.get(path(anInvitation()), "Accept-Language", "de-AT");

			assertThat(answer.status()).isEqualTo(503);
			assertThat(answer.header("Retry-After")).isEqualTo("5");
			assertThat(answer.heading()).isEqualTo("Ihre Einladung ist unterwegs");
		}

		@Test
		void expiredSaysUntilWhenItWasValidAndWhatToDo() {
			TestInvitations invitation = learned(anInvitation());
			InvitationPagesIT.this.clock.advance(Duration.ofDays(31));

			Answer answer = InvitationPagesIT.this.browser.get(path(invitation));

			assertThat(answer.status()).isEqualTo(410);
			assertThat(answer.document().select("main").text()).contains("31 maart 2026 om 14:00",
					"Vraag Müller & Partner");
		}

		@Test
		void supersededPointsToTheNewestMail() {
			TestInvitations first = learned(anInvitation());
			TestInvitations second = learned(first.resent());

			assertThat(InvitationPagesIT.this.browser.get(path(first)).status()).isEqualTo(410);
			assertThat(InvitationPagesIT.this.browser.get(path(first)).heading())
				.isEqualTo("U hebt een nieuwere link gekregen");
			assertThat(InvitationPagesIT.this.browser.get(path(second)).status()).isEqualTo(200);
		}

		@Test
		void revokedSaysSo() {
			TestInvitations invitation = revoked(learned(anInvitation()));

			assertThat(InvitationPagesIT.this.browser.get(path(invitation)).status()).isEqualTo(410);
			assertThat(InvitationPagesIT.this.browser.get(path(invitation)).heading())
				.isEqualTo("Deze uitnodiging is ingetrokken");
		}

		@Test
		void whatEndsOnTheWayIsSaidAtTheNextStep() {
			TestInvitations invitation = learned(anInvitation());
			Answer confirmation = upToConfirmation(invitation);
			revoked(invitation);

			Answer answer = InvitationPagesIT.this.browser
				.follow(InvitationPagesIT.this.browser.press(confirmation, "/confirm", Map.of("consent", "yes")));

			assertThat(answer.status()).isEqualTo(410);
			assertThat(find(invitation).state()).isEqualTo(InvitationState.REVOKED);
		}

	}

	@Nested
	class Safety {

		@Test
		void lookingChangesNothingAndMakesNoSession() {
			TestInvitations invitation = learned(anInvitation());
			long sessions = sessions();

			for (int i = 0; i < 3; i++) {
				Answer get = InvitationPagesIT.this.browser.get(path(invitation));
				Answer head = InvitationPagesIT.this.browser.head(path(invitation));
				assertThat(head.status()).isEqualTo(200);
				assertThat(head.body()).isEmpty();
				assertThat(Stream.concat(get.setCookies().stream(), head.setCookies().stream()))
					.noneMatch((cookie) -> cookie.startsWith("SESSION"));
			}
			for (String step : List.of("/space", "/confirm", "/done", "/continue")) {
				InvitationPagesIT.this.browser.get(path(invitation) + step);
			}

			assertThat(sessions()).isEqualTo(sessions);
			assertThat(steps(invitation)).isEmpty();
			assertThat(find(invitation).state()).isEqualTo(InvitationState.PENDING);
		}

		@Test
		void aFormWithoutItsTokenIsRefusedKindly() {
			TestInvitations invitation = learned(anInvitation());
			Answer confirmation = upToConfirmation(invitation);
			Browser browser = InvitationPagesIT.this.browser;

			for (Map<String, String> fields : List.of(Map.of("consent", "yes"),
					Map.of("consent", "yes", "_csrf", "wrong"))) {
				Answer refused = browser.post(path(invitation) + "/confirm", fields);
				assertThat(refused.status()).isEqualTo(403);
				assertThat(refused.document().select("main a").attr("href")).isEqualTo(path(invitation));
			}
			assertThat(browser.post(path(invitation) + "/continue", Map.of()).status()).isEqualTo(403);
			assertThat(browser.post(path(invitation) + "/space", Map.of()).status()).isEqualTo(403);
			assertThat(browser.post("/sign-out", Map.of()).status()).isEqualTo(403);
			browser.forget("CSRF");
			assertThat(browser.press(confirmation, "/confirm", Map.of("consent", "yes")).status()).isEqualTo(403);
			assertThat(find(invitation).state()).isEqualTo(InvitationState.PENDING);
		}

		@Test
		void aConfirmationThatDoesNotSayWhatWasShownIsAskedForAgain() {
			TestInvitations invitation = learned(anInvitation());
			Answer confirmation = upToConfirmation(invitation);
			Browser browser = InvitationPagesIT.this.browser;
			String csrf = confirmation.document().select("input[name=_csrf]").val();
			String words = confirmation.document().select("input[name=consentText]").val();

			Answer bare = browser.post(path(invitation) + "/confirm", Map.of("consent", "yes", "_csrf", csrf));
			Answer otherWords = browser.press(confirmation, "/confirm", Map.of("consent", "yes", "consentText",
					words.substring(0, words.length() - 1) + (words.endsWith("0") ? "1" : "0")));
			Answer otherVersion = browser.press(confirmation, "/confirm",
					Map.of("consent", "yes", "consentText", words.replace("2026-01", "1999-01")));

			for (Answer refused : List.of(bare, otherWords, otherVersion)) {
				assertThat(refused.status()).isEqualTo(409);
				assertThat(refused.document().select(".summary a").eachAttr("href")).containsExactly("#consent");
			}
			assertThat(find(invitation).state()).isEqualTo(InvitationState.PENDING);
		}

		@Test
		void pagesTellBrowsersToBeStrict() {
			Answer answer = InvitationPagesIT.this.browser.get(path(learned(anInvitation())));

			String provider = origin(Stack.shared().identity().issuer(IdentityProvider.CLIENTS));
			assertThat(answer.header("Content-Security-Policy"))
				.isEqualTo("default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; "
						+ "frame-ancestors 'none'; form-action 'self' " + provider);
			assertThat(answer.header("Referrer-Policy")).isEqualTo("no-referrer");
			assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
			assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
			assertThat(answer.header("Cache-Control")).contains("no-store");
			assertThat(answer.header("X-Robots-Tag")).contains("noindex");
			assertThat(answer.header("Content-Language")).isEqualTo("nl");
			assertThat(answer.header("Content-Type")).isEqualTo("text/html;charset=UTF-8");
		}

		@Test
		void errorPagesAreAsStrict() {
			for (String path : List.of("/i/x", "/nowhere", "/assets/x/page.css", "/oauth2/authorization/banqup",
					"/login", "/")) {
				Answer answer = InvitationPagesIT.this.browser.get(path);
				assertThat(answer.status()).as(path).isEqualTo(404);
				assertThat(answer.header("Content-Security-Policy")).as(path).startsWith("default-src 'none'");
				assertThat(answer.document().select("h1")).as(path).hasSize(1);
			}
			Answer notAllowed = InvitationPagesIT.this.browser.get(path(learned(anInvitation())) + "/continue");
			assertThat(notAllowed.status()).isEqualTo(405);
			assertThat(notAllowed.header("Allow")).isEqualTo("POST");
		}

		@Test
		void styleAndIconAreCachedForEver() {
			Answer page = InvitationPagesIT.this.browser.get("/nowhere");
			for (String path : page.document().select("link").eachAttr("href")) {
				Answer asset = InvitationPagesIT.this.browser.get(path);
				assertThat(asset.status()).isEqualTo(200);
				assertThat(asset.header("Cache-Control")).contains("max-age=31536000", "immutable");
			}
		}

		@Test
		void theProviderLearnsNothingOfTheInvitation() {
			TestInvitations invitation = learned(anInvitation());
			Browser browser = InvitationPagesIT.this.browser;

			Answer redirect = browser.press(browser.get(path(invitation)), "/continue", "existing", Map.of());

			assertThat(redirect.status()).isEqualTo(303);
			String location = redirect.header("Location");
			assertThat(location).startsWith(Stack.shared().identity().issuer(IdentityProvider.CLIENTS).toString())
				.contains("state=", "nonce=", "code_challenge=", "code_challenge_method=S256", "response_type=code",
						"ui_locales=nl")
				.doesNotContain(invitation.token(), invitation.id().toString(), "prompt=");
			assertThat(redirect.header("Referrer-Policy")).isEqualTo("no-referrer");
		}

		@Test
		void theSessionGetsANewIdAtLoginAndKeepsNoTokens() {
			TestInvitations invitation = learned(anInvitation());
			Browser browser = InvitationPagesIT.this.browser;
			Answer landing = browser.get(path(invitation));
			Answer login = browser.follow(browser.press(landing, "/continue", "existing", Map.of()));
			String before = browser.cookie("SESSION").orElseThrow();

			Answer back = browser.press(login, "", person(aPerson()));
			Answer spaces = browser.follow(back);
			String after = browser.cookie("SESSION").orElseThrow();

			assertThat(spaces.status()).isEqualTo(200);
			assertThat(after).isNotEqualTo(before);
			Browser thief = new Browser(InvitationPagesIT.this.port);
			assertThat(thief.get(path(invitation) + "/space", "Cookie", "SESSION=" + before).status()).isEqualTo(303);
			assertThat(thief.get(path(invitation) + "/space", "Cookie", "SESSION=" + after).status()).isEqualTo(200);
			String stored = stored();
			assertThat(stored).contains("signed-in")
				.doesNotContain(after, invitation.token(), "eyJhbGci", "access_token", "refresh_token");
		}

		@Test
		void sessionCookiesCannotBeReadByScriptsOrSentByOtherSites() {
			Browser browser = InvitationPagesIT.this.browser;
			Answer landing = browser.get(path(learned(anInvitation())));
			Answer redirect = browser.press(landing, "/continue", "existing", Map.of());

			assertThat(landing.setCookies()).singleElement()
				.asString()
				.startsWith("CSRF=")
				.containsIgnoringCase("HttpOnly")
				.contains("SameSite=Lax", "Path=/");
			assertThat(redirect.setCookies()).singleElement()
				.asString()
				.startsWith("SESSION=")
				.containsIgnoringCase("HttpOnly")
				.contains("SameSite=Lax", "Path=/")
				.doesNotContain("Max-Age", "Domain");
		}

		@Test
		void outsideLocalRunsCookiesAreBoundToTheHost() {
			TestInvitations invitation = learned(anInvitation());
			try (ConfigurableApplicationContext secure = another("acceptance.secure-cookies=true")) {
				Browser browser = new Browser(port(secure));

				Answer landing = browser.get(path(invitation), "X-Forwarded-Proto", "https");
				String csrf = landing.setCookies().getFirst();
				Answer redirect = browser.post(path(invitation) + "/continue",
						Map.of("_csrf", landing.document().select("input[name=_csrf]").val(), "account", "existing"),
						"Cookie", csrf.substring(0, csrf.indexOf(';')), "X-Forwarded-Proto", "https");

				assertThat(csrf).startsWith("__Host-CSRF=")
					.containsIgnoringCase("HttpOnly")
					.contains("Secure", "Path=/")
					.doesNotContain("Domain");
				assertThat(redirect.status()).isEqualTo(303);
				assertThat(redirect.setCookies()).singleElement()
					.asString()
					.startsWith("__Host-SESSION=")
					.containsIgnoringCase("HttpOnly")
					.contains("Secure", "SameSite=Lax", "Path=/")
					.doesNotContain("Domain");
				assertThat(landing.header("Strict-Transport-Security")).contains("max-age=31536000");
			}
		}

		@Test
		void linksStayOutOfTheLog(CapturedOutput output) {
			TestInvitations invitation = learned(anInvitation());
			Browser browser = InvitationPagesIT.this.browser;
			Answer confirmation = upToConfirmation(invitation);
			browser.get(path(invitation) + "/nowhere");
			browser.post(path(invitation) + "/confirm", Map.of());
			browser.post(path(invitation) + "/space", Map.of("name", "x".repeat(200_000)));
			browser.follow(browser.press(confirmation, "/confirm", Map.of("consent", "yes")));

			assertThat(output.getAll()).doesNotContain(invitation.token());
		}

		@Test
		void tooMuchTextIsRefused() {
			TestInvitations invitation = learned(anInvitation());
			Answer landing = InvitationPagesIT.this.browser.get(path(invitation));

			Answer refused = InvitationPagesIT.this.browser.press(landing, "/continue",
					Map.of("more", "x".repeat(200_000)));

			assertThat(refused.status()).isEqualTo(413);
			assertThat(refused.header("Content-Security-Policy")).startsWith("default-src 'none'");
			assertThat(steps(invitation)).isEmpty();
		}

		@Test
		void tooMuchTextIsRefusedEvenWhenItsLengthIsNotAnnounced() {
			TestInvitations invitation = learned(anInvitation());

			Answer refused = InvitationPagesIT.this.browser.postUnannounced(path(invitation) + "/continue",
					"more=" + "x".repeat(200_000));

			assertThat(refused.status()).isEqualTo(413);
			assertThat(steps(invitation)).isEmpty();
		}

		@Test
		void aConnectionGoesOnAfterARequestThatCameBeforeTheLastWasAnswered() throws IOException {
			String landing = path(learned(anInvitation()));
			try (KeptConnection connection = new KeptConnection(InvitationPagesIT.this.port)) {
				connection.ask(landing, "/signed-out");
				assertThat(connection.pages(2)).containsOnly("HTTP/1.1 200 OK");

				connection.ask(landing);
				assertThat(connection.pages(1)).containsOnly("HTTP/1.1 200 OK");
			}
		}

		@Test
		void aFormThatIsNotEncodedAsOneIsRefusedQuietly(CapturedOutput output) {
			TestInvitations invitation = learned(anInvitation());

			Answer refused = InvitationPagesIT.this.browser.postUnannounced(path(invitation) + "/continue", "a=%zz");

			assertThat(refused.status()).isEqualTo(400);
			assertThat(refused.document().select("h1")).hasSize(1);
			assertThat(output.getAll()).doesNotContain("URLDecoder");
		}

	}

	@Nested
	class WhereThereIsNothing {

		private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

		private static final List<String> PATHS = List.of("/error", "/actuator/env", "/actuator/x/y", "/v3/x",
				"/v3/api-docs/x", "/swagger-ui/x.js", "/webjars/x.js", "/assets/x/page.css", "/favicon.ico", "/nowhere",
				"/i", "/i/x/nowhere", "/login", "/oauth2/authorization/x");

		@ParameterizedTest
		@ValueSource(strings = { "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE" })
		void peopleGetAPageInTheirLanguage(String method) {
			for (String path : PATHS) {
				Answer answer = InvitationPagesIT.this.browser.ask(method, path, BROWSER);

				assertThat(answer.status()).as(path).isBetween(400, 499);
				assertThat(answer.header("Content-Type")).as(path).isEqualTo("text/html;charset=UTF-8");
				assertThat(answer.header("Content-Language")).as(path).isEqualTo("nl");
				assertThat(answer.header("Cache-Control")).as(path).contains("no-store");
				if (!method.equals("HEAD")) {
					assertThat(answer.document().select("h1")).as(path).hasSize(1);
					assertThat(answer.document().select("link[rel=stylesheet]").attr("href")).startsWith("/assets/");
				}
			}
		}

		@ParameterizedTest
		@ValueSource(strings = { "GET", "POST", "PUT", "PATCH", "DELETE" })
		void programsGetAProblem(String method) {
			for (String path : PATHS) {
				for (String accept : List.of("application/json", "text/css,*/*;q=0.1", "*/*", "", "nonsense")) {
					Answer answer = InvitationPagesIT.this.browser.ask(method, path, accept);

					assertThat(answer.status()).as(path).isBetween(400, 499);
					assertThat(answer.header("Content-Type")).as(path).isEqualTo("application/problem+json");
					assertThat(answer.body()).as(path)
						.contains("\"type\":\"https://banqup.example/problems/")
						.doesNotContain(path);
				}
			}
		}

		@Test
		void theApiHasProblemsForAnybody() {
			for (String path : List.of("/v1", "/v1/nowhere")) {
				Answer answer = InvitationPagesIT.this.browser.ask("GET", path, BROWSER);

				assertThat(answer.status()).isEqualTo(401);
				assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
			}
		}

		@Test
		void whatIsThereSaysHowElseItCanBeAskedFor() {
			String landing = path(learned(anInvitation()));

			Answer page = InvitationPagesIT.this.browser.ask("GET", landing + "/continue", "application/json");
			Answer metrics = InvitationPagesIT.this.browser.ask("GET", "/actuator/prometheus", "image/png");
			Answer forPeople = InvitationPagesIT.this.browser.ask("GET", "/actuator/prometheus", "text/html");

			assertThat(page.status()).isEqualTo(405);
			assertThat(page.header("Allow")).isEqualTo("POST");
			assertThat(page.body()).contains("/problems/method-not-allowed\"").doesNotContain(landing);
			assertThat(metrics.status()).isEqualTo(406);
			assertThat(metrics.body()).contains("/problems/not-acceptable\"");
			assertThat(forPeople.status()).isEqualTo(406);
			assertThat(forPeople.document().select("h1")).hasSize(1);
		}

		@ParameterizedTest
		@ValueSource(strings = { "/%2F", "/a%0ab", "/%00%0d%0a", "/nowhere;x", "/nowhere//x", "/%2e%2e/x" })
		void whatTheFirewallStopsIsAnsweredLikeTheRest(String path) {
			Answer forPeople = InvitationPagesIT.this.browser.ask("GET", path, BROWSER);
			Answer forPrograms = InvitationPagesIT.this.browser.ask("GET", path, "*/*");
			Answer ofTheApi = InvitationPagesIT.this.browser.ask("GET", "/v1/invitations" + path, BROWSER);

			assertThat(forPeople.status()).isEqualTo(404);
			assertThat(forPeople.body()).isEqualTo(InvitationPagesIT.this.browser.ask("GET", "/x", BROWSER).body());
			for (Answer problem : List.of(forPrograms, ofTheApi)) {
				assertThat(problem.status()).isEqualTo(400);
				assertThat(problem.header("Content-Type")).isEqualTo("application/problem+json");
				assertThat(problem.body()).contains("/problems/malformed-request\"").doesNotContain(path);
			}
		}

		@Test
		void aMethodThatTheFirewallStopsIsAnsweredLikeTheRest() {
			Answer forPeople = InvitationPagesIT.this.browser.ask("PROPFIND", "/nowhere", BROWSER);
			Answer forPrograms = InvitationPagesIT.this.browser.ask("PROPFIND", "/nowhere", "*/*");

			assertThat(forPeople.document().select("h1")).hasSize(1);
			assertThat(forPrograms.body()).contains("/problems/malformed-request\"");
		}

		@ParameterizedTest
		@ValueSource(strings = { "/i/%zz", "/i/%", "/i/x%2/space", "/nowhere/%zz" })
		void aPathThatIsNoAddressIsAnsweredLikeTheRest(String path, CapturedOutput output) throws IOException {
			try (KeptConnection connection = new KeptConnection(InvitationPagesIT.this.port)) {
				connection.askFor("text/html", path, "/nowhere");
				assertThat(connection.pages(2)).containsOnly("HTTP/1.1 404 Not Found");

				connection.ask(path);
				assertThat(connection.head()).startsWith("HTTP/1.1 4")
					.containsIgnoringCase("content-type: application/problem+json");
			}
			assertThat(output.getAll()).doesNotContain(path);
		}

		@Test
		void whatTheServerCannotReadIsAnsweredWithAProblem(CapturedOutput output) throws IOException {
			String path = "/i/" + "x".repeat(5_000);
			try (KeptConnection connection = new KeptConnection(InvitationPagesIT.this.port)) {
				connection.ask(path);
				assertThat(connection.head()).startsWith("HTTP/1.1 414")
					.containsIgnoringCase("content-type: application/problem+json");
			}
			try (KeptConnection connection = new KeptConnection(InvitationPagesIT.this.port)) {
				connection.askFor("text/html\r\nCookie: " + "x".repeat(20_000), "/nowhere");
				assertThat(connection.head()).startsWith("HTTP/1.1 431")
					.containsIgnoringCase("content-type: application/problem+json");
			}
			assertThat(output.getAll()).doesNotContain(path);
		}

		@Test
		void aProgramWithoutTheTokenOfAFormLearnsWhatIsMissing() {
			Answer refused = InvitationPagesIT.this.browser.ask("POST", path(anInvitation()) + "/confirm", "*/*");

			assertThat(refused.status()).isEqualTo(403);
			assertThat(refused.body()).contains("/problems/forbidden\"");
		}

	}

	@Nested
	class SigningIn {

		@Test
		void twoTabsKeepTheirInvitationsApart() {
			TestInvitations one = learned(anInvitation());
			TestInvitations two = learned(anInvitation().by(UUID.randomUUID(), "Cabinet Dupont"));
			Browser browser = InvitationPagesIT.this.browser;
			String person = aPerson();

			Answer loginOne = browser.follow(browser.press(browser.get(path(one)), "/continue", "existing", Map.of()));
			Answer loginTwo = browser.follow(browser.press(browser.get(path(two)), "/continue", "existing", Map.of()));
			Answer spacesTwo = browser.follow(browser.press(loginTwo, "", person(person)));
			Answer spacesOne = browser.follow(browser.press(loginOne, "", person(person)));
			Answer confirmTwo = browser.follow(browser.press(spacesTwo, "/space",
					Map.of("name", "Two", "country", "FR", "registrationNumber", "2")));
			Answer confirmOne = browser.follow(browser.press(spacesOne, "/space",
					Map.of("businessSpaceId", "new", "name", "One", "country", "FR", "registrationNumber", "1")));
			Answer doneTwo = browser.follow(browser.press(confirmTwo, "/confirm", Map.of("consent", "yes")));
			Answer doneOne = browser.follow(browser.press(confirmOne, "/confirm", Map.of("consent", "yes")));

			assertThat(spacesTwo.uri().getPath()).isEqualTo(path(two) + "/space");
			assertThat(spacesOne.uri().getPath()).isEqualTo(path(one) + "/space");
			assertThat(doneTwo.document().select(".facts dd").eachText()).contains("Cabinet Dupont", "Two 2 · FR");
			assertThat(doneOne.document().select(".facts dd").eachText()).contains("Müller & Partner", "One 1 · FR");
		}

		@Test
		void aLoginSurvivesARestart() {
			TestInvitations invitation = learned(anInvitation());
			Browser browser = InvitationPagesIT.this.browser;
			Answer login = browser.follow(browser.press(browser.get(path(invitation)), "/continue", "new", Map.of()));
			browser.follow(browser.press(login, "", person(aPerson())));

			try (ConfigurableApplicationContext restarted = another("acceptance.secure-cookies=false")) {
				Browser same = browser.at(port(restarted));
				Answer spaces = same.get(path(invitation) + "/space");
				Answer confirmation = same.follow(same.press(spaces, "/space",
						Map.of("name", "Bakery", "country", "BE", "registrationNumber", "7")));

				assertThat(spaces.status()).isEqualTo(200);
				assertThat(confirmation.document().select(".facts").text()).contains("An Peeters");
			}
		}

		@Test
		void whoReloadsTheProvidersAnswerGoesOn() {
			TestInvitations invitation = learned(anInvitation());
			Browser browser = InvitationPagesIT.this.browser;
			Answer login = browser
				.follow(browser.press(browser.get(path(invitation)), "/continue", "existing", Map.of()));
			Answer back = browser.press(login, "", person(aPerson()));
			String callback = back.location().toString();
			browser.follow(back);

			Answer reloaded = browser.get(callback);

			assertThat(reloaded.status()).isEqualTo(303);
			assertThat(reloaded.location().getPath()).isEqualTo(path(invitation) + "/space");
		}

		@Test
		void anAnswerThatNobodyAskedForIsRefused() {
			Browser browser = InvitationPagesIT.this.browser;
			TestInvitations invitation = learned(anInvitation());
			Answer login = browser
				.follow(browser.press(browser.get(path(invitation)), "/continue", "existing", Map.of()));
			Answer back = browser.press(login, "", person(aPerson()));

			Answer strangers = new Browser(InvitationPagesIT.this.port).get(back.location().toString());
			Answer invented = browser.get("/login/oauth2/code/banqup?code=x&state=y");

			assertThat(strangers.status()).isEqualTo(400);
			assertThat(invented.status()).isEqualTo(400);
			assertThat(strangers.setCookies()).noneMatch((cookie) -> cookie.startsWith("SESSION"));
		}

		@Test
		void whoCancelsIsLedBackToTheInvitation() {
			Browser browser = InvitationPagesIT.this.browser;
			TestInvitations invitation = learned(anInvitation());
			Answer redirect = browser.press(browser.get(path(invitation) + "?lang=fr"), "/continue", "existing",
					Map.of());
			String state = redirect.header("Location").replaceFirst(".*[?&]state=([^&]+).*", "$1");

			Answer cancelled = browser.get("/login/oauth2/code/banqup?error=access_denied&state=" + state);

			assertThat(cancelled.status()).isEqualTo(400);
			assertThat(cancelled.document().select("main a").attr("href")).isEqualTo(path(invitation) + "?lang=fr");
		}

		@Test
		void ofAnAnswerThatAnybodyCanWriteOnlyACodeIsLogged(CapturedOutput output) {
			Browser browser = InvitationPagesIT.this.browser;
			Answer redirect = browser.press(browser.get(path(learned(anInvitation()))), "/continue", "existing",
					Map.of());
			String state = redirect.header("Location").replaceFirst(".*[?&]state=([^&]+).*", "$1");

			browser.get(
					"/login/oauth2/code/banqup?error=access_denied&error_description=ann%40example.org&state=" + state);
			browser.get("/login/oauth2/code/banqup?error=forged%0Aline&error_description=x&state=" + state);

			assertThat(output.getAll()).contains("Signing in failed: access_denied")
				.doesNotContain("ann@example.org", "forged");
		}

		@Test
		void twoTabsThatComeBackAtOnceBothGoOn() {
			TestInvitations one = learned(anInvitation());
			TestInvitations two = learned(anInvitation());
			Browser browser = InvitationPagesIT.this.browser;
			String person = aPerson();
			Answer loginOne = browser.follow(browser.press(browser.get(path(one)), "/continue", "existing", Map.of()));
			Answer loginTwo = browser.follow(browser.press(browser.get(path(two)), "/continue", "existing", Map.of()));
			String callbackOne = browser.press(loginOne, "", person(person)).location().toString();
			String callbackTwo = browser.press(loginTwo, "", person(person)).location().toString();
			InvitationPagesIT.this.interruption.by(() -> browser.get(callbackTwo));

			Answer back = browser.get(callbackOne, Interruption.HEADER, Interruption.EARLY);

			assertThat(back.status()).isEqualTo(303);
			assertThat(back.setCookies()).noneMatch((cookie) -> cookie.startsWith("SESSION"));
			Answer spaces = browser.follow(back);
			assertThat(spaces.status()).isEqualTo(200);
			assertThat(spaces.uri().getPath()).isEqualTo(path(one) + "/space");
		}

		@Test
		void aProgramThatALoginOvertookLearnsItAndGetsNoCookieOfASessionThatWasNotSaved(CapturedOutput output) {
			TestInvitations invitation = learned(anInvitation());
			Browser browser = InvitationPagesIT.this.browser;
			Answer one = browser
				.follow(browser.press(browser.get(path(invitation)), "/continue", "existing", Map.of()));
			Answer two = browser
				.follow(browser.press(browser.get(path(invitation)), "/continue", "existing", Map.of()));
			String callbackOne = browser.press(one, "", person(aPerson())).location().toString();
			String callbackTwo = browser.press(two, "", person(aPerson())).location().toString();
			InvitationPagesIT.this.interruption.by(() -> browser.get(callbackTwo));

			Answer lost = browser.get(callbackOne, Interruption.HEADER, Interruption.EARLY, "Accept", "*/*");

			assertThat(lost.status()).isEqualTo(409);
			assertThat(lost.body()).contains("/problems/session-ended\"");
			assertThat(lost.header("Location")).isEmpty();
			assertThat(lost.setCookies()).noneMatch((cookie) -> cookie.startsWith("SESSION"));
			assertThat(output.getAll()).doesNotContain("500 Server Error");
		}

		@Test
		void aStepThatAnotherTabsLoginOvertookSaysThatItMayBeLost() {
			TestInvitations invitation = learned(anInvitation());
			TestInvitations other = learned(anInvitation());
			Browser browser = InvitationPagesIT.this.browser;
			Answer spaces = signIn(browser.get(path(invitation)), "existing", aPerson());
			Answer login = browser.follow(browser.press(browser.get(path(other)), "/continue", "other", Map.of()));
			String callback = browser.press(login, "", person(aPerson())).location().toString();
			InvitationPagesIT.this.interruption.by(() -> browser.get(callback));

			Answer lost = browser.post(path(invitation) + "/space",
					Map.of("_csrf", spaces.document().select("input[name=_csrf]").val(), "businessSpaceId", "new",
							"name", "Bakery", "country", "BE", "registrationNumber", "1"),
					Interruption.HEADER, Interruption.EARLY);

			assertThat(lost.status()).isEqualTo(409);
			assertThat(lost.heading()).isEqualTo("Your last step may not have been saved");
			assertThat(lost.document().select("main a").attr("href")).isEqualTo(path(invitation));
			assertThat(lost.setCookies()).noneMatch((cookie) -> cookie.startsWith("SESSION"));
		}

		@Test
		void aFormThatIsSentAfterTheSessionEndedSaysSo() {
			TestInvitations invitation = learned(anInvitation());
			Browser browser = InvitationPagesIT.this.browser;
			Answer confirmation = upToConfirmation(invitation);
			InvitationPagesIT.this.clock.advance(Duration.ofMinutes(31));

			Answer late = browser.press(confirmation, "/confirm", Map.of("consent", "yes"));

			assertThat(late.status()).isEqualTo(403);
			assertThat(late.heading()).isEqualTo("Your last step may not have been saved");
			assertThat(late.document().select("main a").attr("href")).isEqualTo(path(invitation));
			assertThat(find(invitation).state()).isEqualTo(InvitationState.PENDING);
		}

		@Test
		void aProviderThatIsOutOfOrderIsNotTheReadersFault() {
			TestInvitations invitation = learned(anInvitation());
			String idToken = "eyJhbGciOiJSUzI1NiIsImtpZCI6IjEifQ.eyJzdWIiOiJhbm4ifQ.c2lnbmF0dXJl";
			try (FailingProvider provider = new FailingProvider();
					ConfigurableApplicationContext alone = another("acceptance.secure-cookies=false",
							"spring.security.oauth2.client.provider.banqup.issuer-uri=" + provider.issuer())) {
				Answer noTokens = comeBack(new Browser(port(alone)), invitation, (nonce) -> {
				});
				Answer noKeys = comeBack(new Browser(port(alone)), invitation, (nonce) -> provider.tells(idToken));
				Answer noUserInfo = comeBack(new Browser(port(alone)), invitation, provider::signsIn);
				provider.answers("/userinfo", "{\"sub\": \"ann\"}");
				Answer inOrder = comeBack(new Browser(port(alone)), invitation, provider::signsIn);

				assertThat(inOrder.status()).isEqualTo(303);
				assertThat(inOrder.location().getPath()).isEqualTo(path(invitation) + "/space");
				for (Answer down : List.of(noTokens, noKeys, noUserInfo)) {
					assertThat(down.status()).isEqualTo(503);
					assertThat(down.header("Retry-After")).isEqualTo("5");
					assertThat(down.document().select("main a").attr("href")).isEqualTo(path(invitation));
				}
			}
		}

		private static Answer comeBack(Browser browser, TestInvitations invitation, Consumer<String> atTheProvider) {
			Answer redirect = browser.press(browser.get(path(invitation)), "/continue", "existing", Map.of());
			String state = redirect.header("Location").replaceFirst(".*[?&]state=([^&]+).*", "$1");
			atTheProvider.accept(redirect.header("Location").replaceFirst(".*[?&]nonce=([^&]+).*", "$1"));
			return browser.get("/login/oauth2/code/banqup?code=x&state=" + state);
		}

		@Test
		void aLoginThatTookTooLongIsRefused() {
			Browser browser = InvitationPagesIT.this.browser;
			Answer login = browser
				.follow(browser.press(browser.get(path(learned(anInvitation()))), "/continue", "existing", Map.of()));
			InvitationPagesIT.this.clock.advance(Duration.ofMinutes(31));

			assertThat(browser.follow(browser.press(login, "", person(aPerson()))).status()).isEqualTo(400);
		}

		@Test
		void anotherAccountCanTakeOver() {
			TestInvitations invitation = learned(anInvitation());
			Browser browser = InvitationPagesIT.this.browser;
			Answer spaces = signIn(browser.get(path(invitation)), "existing", aPerson());

			Answer redirect = browser.press(spaces, "/continue", "other", Map.of());

			assertThat(redirect.header("Location")).contains("prompt=login");
			Answer others = browser.follow(browser.press(browser.follow(redirect), "",
					Map.of("email", UUID.randomUUID() + "@example.org", "name", "Bo Janssens")));
			assertThat(others.document().select(".account").text()).contains("Bo Janssens");
		}

		@Test
		void whatWasShownToAnotherAccountIsNotConfirmed() {
			TestInvitations invitation = learned(anInvitation());
			Browser browser = InvitationPagesIT.this.browser;
			Answer confirmation = upToConfirmation(invitation);
			Answer spaces = signIn(browser.get(path(invitation)), "other", aPerson());
			browser.follow(browser.press(spaces, "/space",
					Map.of("name", "Other", "country", "DE", "registrationNumber", "9")));

			Answer refused = browser.press(confirmation, "/confirm", Map.of("consent", "yes"));

			assertThat(refused.status()).isEqualTo(409);
			assertThat(refused.document().select(".facts dd").eachText()).contains("Other 9 · DE");
			assertThat(find(invitation).state()).isEqualTo(InvitationState.PENDING);
		}

		@Test
		void signingOutEndsTheSession() {
			TestInvitations invitation = learned(anInvitation());
			Browser browser = InvitationPagesIT.this.browser;
			Answer spaces = signIn(browser.get(path(invitation)), "existing", aPerson());
			String session = browser.cookie("SESSION").orElseThrow();

			Answer out = browser.follow(browser.press(spaces, "/sign-out", Map.of()));

			assertThat(out.status()).isEqualTo(200);
			assertThat(out.heading()).isEqualTo("You are signed out");
			assertThat(browser.get(path(invitation) + "/space", "Cookie", "SESSION=" + session).status())
				.isEqualTo(303);
		}

		@Test
		void sessionsEndWhenIdle() {
			TestInvitations invitation = learned(anInvitation());
			Browser browser = InvitationPagesIT.this.browser;
			signIn(browser.get(path(invitation)), "existing", aPerson());

			InvitationPagesIT.this.clock.advance(Duration.ofMinutes(29));
			Answer busy = browser.get(path(invitation) + "/space");
			InvitationPagesIT.this.clock.advance(Duration.ofMinutes(29));
			Answer stillBusy = browser.get(path(invitation) + "/space");
			InvitationPagesIT.this.clock.advance(Duration.ofMinutes(31));
			Answer idle = browser.get(path(invitation) + "/space");

			assertThat(busy.status()).isEqualTo(200);
			assertThat(stillBusy.status()).isEqualTo(200);
			assertThat(idle.status()).isEqualTo(303);
		}

		@Test
		void pagesAreShownWhileTheProviderIsDown() {
			TestInvitations invitation = learned(anInvitation());
			try (ConfigurableApplicationContext alone = another("acceptance.secure-cookies=false",
					"spring.security.oauth2.client.provider.banqup.issuer-uri=http://127.0.0.1:1/clients")) {
				Browser browser = new Browser(port(alone));

				Answer landing = browser.get(path(invitation));
				Answer down = browser.press(landing, "/continue", "existing", Map.of());

				assertThat(landing.status()).isEqualTo(200);
				assertThat(down.status()).isEqualTo(503);
				assertThat(down.header("Retry-After")).isEqualTo("5");
				assertThat(down.document().select("main a").attr("href")).isEqualTo(path(invitation));
			}
		}

		@Test
		void newAccountsAreAskedForOnlyWhereTheProviderCan() {
			TestInvitations invitation = learned(anInvitation());
			try (ConfigurableApplicationContext prompting = another("acceptance.secure-cookies=false",
					"acceptance.login.registration-prompt=always")) {
				Browser browser = new Browser(port(prompting));

				Answer forNew = browser.press(browser.get(path(invitation)), "/continue", "new", Map.of());
				Answer forExisting = browser.press(browser.get(path(invitation)), "/continue", "existing", Map.of());

				assertThat(forNew.header("Location")).contains("prompt=create");
				assertThat(forExisting.header("Location")).doesNotContain("prompt=");
			}
		}

	}

	@Nested
	class WhileTheDatabaseIsDown {

		@Test
		void pagesAskToTryAgain() {
			TestInvitations invitation = learned(anInvitation());
			Browser browser = InvitationPagesIT.this.browser;
			Stack.shared().postgres().stop();
			try {
				Answer down = browser.get(path(invitation));
				Answer unknown = browser.get("/i/" + "A".repeat(47));

				assertThat(down.status()).isEqualTo(503);
				assertThat(down.header("Retry-After")).isEqualTo("5");
				assertThat(down.header("Content-Security-Policy")).startsWith("default-src 'none'");
				assertThat(down.document().select("main a").attr("href")).isEqualTo(path(invitation));
				assertThat(unknown.status()).isEqualTo(404);
			}
			finally {
				Stack.shared().postgres().start();
			}
			assertThat(browser.get(path(invitation)).status()).isEqualTo(200);
		}

		@Test
		void aPageStaysAPageWhenItGoesAwayInTheMiddleOfIt(CapturedOutput output) {
			TestInvitations invitation = learned(anInvitation());
			Browser browser = InvitationPagesIT.this.browser;
			signIn(browser.get(path(invitation)), "existing", aPerson());
			InvitationPagesIT.this.clock.advance(Duration.ofMinutes(5));
			InvitationPagesIT.this.interruption.by(() -> Stack.shared().postgres().stop());
			try {
				Answer down = browser.get(path(invitation) + "/space", Interruption.HEADER, Interruption.LATE);

				assertThat(down.status()).isEqualTo(503);
				assertThat(down.heading()).isEqualTo("Something went wrong on our side");
				assertThat(down.header("Content-Security-Policy")).startsWith("default-src 'none'");
				assertThat(output.getAll()).doesNotContain(invitation.token());
			}
			finally {
				Stack.shared().postgres().start();
			}
			assertThat(browser.get(path(invitation) + "/space").status()).as("still signed in").isEqualTo(200);
		}

		@Test
		void aProblemStaysAProblemWhenItGoesAwayInTheMiddleOfAPage(CapturedOutput output) {
			TestInvitations invitation = learned(anInvitation());
			Browser browser = InvitationPagesIT.this.browser;
			Answer spaces = signIn(browser.get(path(invitation)), "existing", aPerson());
			InvitationPagesIT.this.clock.advance(Duration.ofMinutes(5));
			InvitationPagesIT.this.interruption.by(() -> Stack.shared().postgres().stop());
			try {
				Answer down = browser.post(path(invitation) + "/space",
						Map.of("_csrf", spaces.document().select("input[name=_csrf]").val(), "businessSpaceId", "new",
								"name", "Bakery", "country", "BE", "registrationNumber", "1"),
						Interruption.HEADER, Interruption.LATE, "Accept", "*/*");

				assertThat(down.status()).isEqualTo(503);
				assertThat(down.header("Retry-After")).isEqualTo("5");
				assertThat(down.header("Content-Type")).isEqualTo("application/problem+json");
				assertThat(down.body()).contains("/problems/service-unavailable\"");
				assertThat(output.getAll()).doesNotContain("500 Server Error", invitation.token());
			}
			finally {
				Stack.shared().postgres().start();
			}
			assertThat(browser.get(path(invitation) + "/space").status()).as("still signed in").isEqualTo(200);
		}

	}

	@Test
	void theReaderChoosesTheLanguageForTheWholeWay() {
		TestInvitations invitation = learned(anInvitation());

		Answer landing = this.browser.get(path(invitation) + "?lang=fr");
		Answer spaces = signIn(landing, "new", aPerson());
		Answer confirmation = this.browser.follow(this.browser.press(spaces, "/space",
				Map.of("name", "Boulangerie", "country", "FR", "registrationNumber", "1")));
		Answer done = this.browser.follow(this.browser.press(confirmation, "/confirm", Map.of("consent", "yes")));

		assertThat(Stream.of(landing, spaces, confirmation, done))
			.allMatch((answer) -> answer.document().selectXpath("/html").attr("lang").equals("fr"));
		assertThat(this.database.sql("SELECT language FROM consent WHERE invitation_id = :id")
			.bind("id", invitation.id())
			.map((row) -> row.get("language", String.class))
			.one()
			.block()).isEqualTo("fr");
	}

	private ConfigurableApplicationContext another(String... properties) {
		String[] shared = Stream.of(SHARED_PROPERTIES)
			.filter((name) -> Stream.of(properties).noneMatch((property) -> property.startsWith(name + "=")))
			.map((name) -> name + "=" + this.environment.getRequiredProperty(name))
			.toArray(String[]::new);
		return new SpringApplicationBuilder(AcceptanceApplication.class, TestClock.Configuration.class)
			.run(Stream.of(shared, properties, ALONE)
				.flatMap(Stream::of)
				.map((property) -> "--" + property)
				.toArray(String[]::new));
	}

	private static int port(ConfigurableApplicationContext context) {
		return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	private TestInvitations learned(TestInvitations invitation) {
		this.learnInvitations.learn(List.of(invitation.requested()), List.of()).block();
		return invitation;
	}

	private TestInvitations revoked(TestInvitations invitation) {
		this.learnInvitations.learn(List.of(), List.of(invitation.revocation())).block();
		return invitation;
	}

	private TestInvitations accepted(TestInvitations invitation) {
		return accepted(invitation, aPerson());
	}

	private TestInvitations accepted(TestInvitations invitation, String person) {
		Answer confirmation = upToConfirmation(learned(invitation), person);
		this.browser.follow(this.browser.press(confirmation, "/confirm", Map.of("consent", "yes")));
		return invitation;
	}

	private Answer upToConfirmation(TestInvitations invitation) {
		return upToConfirmation(invitation, aPerson());
	}

	private Answer upToConfirmation(TestInvitations invitation, String person) {
		Answer spaces = signIn(this.browser.get(path(invitation)), "existing", person);
		return this.browser.follow(this.browser.press(spaces, "/space",
				Map.of("name", "Bakery", "country", "BE", "registrationNumber", "1")));
	}

	private Answer signIn(Answer page, String account, String person) {
		return signIn(this.browser, page, account, person);
	}

	private static Answer signIn(Browser browser, Answer page, String account, String person) {
		Answer login = browser.follow(browser.press(page, "/continue", account, Map.of()));
		return browser.follow(browser.press(login, "", person(person)));
	}

	private static String aPerson() {
		return UUID.randomUUID() + "@example.org";
	}

	private static Map<String, String> person(String address) {
		return Map.of("email", address, "name", "An Peeters");
	}

	private static String path(TestInvitations invitation) {
		return "/i/" + invitation.token();
	}

	private static String origin(URI uri) {
		return uri.getScheme() + "://" + uri.getAuthority();
	}

	private Invitation find(TestInvitations invitation) {
		return Objects.requireNonNull(this.invitations.find(invitation.id()).block());
	}

	private List<String> steps(TestInvitations invitation) {
		return new StoredEvents(this.database).of(invitation.clientId())
			.stream()
			.filter(InvitationProgressed.class::isInstance)
			.map((event) -> ((InvitationProgressed) event).getStep().name())
			.toList();
	}

	private long sessions() {
		return Objects.requireNonNull(
				this.database.sql("SELECT count(*) FROM session").map((row) -> row.get(0, Long.class)).one().block());
	}

	private String stored() {
		return Objects
			.requireNonNull(this.database.sql("SELECT attributes FROM session")
				.map((row) -> row.get("attributes", String.class))
				.all()
				.collectList()
				.block())
			.toString();
	}

}
