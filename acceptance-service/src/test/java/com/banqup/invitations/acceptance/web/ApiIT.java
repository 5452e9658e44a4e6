package com.banqup.invitations.acceptance.web;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

import com.banqup.invitations.acceptance.StoredEvents;
import com.banqup.invitations.acceptance.TestClock;
import com.banqup.invitations.acceptance.TestStack;
import com.banqup.invitations.acceptance.consent.ConsentText;
import com.banqup.invitations.acceptance.consent.ConsentTexts;
import com.banqup.invitations.acceptance.invitation.LearnInvitations;
import com.banqup.invitations.acceptance.invitation.TestInvitations;
import com.banqup.invitations.devstack.IdentityProvider;
import com.banqup.invitations.devstack.Stack;
import com.banqup.invitations.events.InvitationProgressed;
import com.banqup.invitations.schemas.InviteeLanguage;
import com.banqup.invitations.schemas.Permission;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SignalType;
import reactor.core.publisher.Sinks;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.PrematureCloseException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.stereotype.Controller;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.reactive.server.StatusAssertions;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

import static com.banqup.invitations.acceptance.invitation.TestInvitations.anInvitation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * The app's API over HTTP. Kafka and the registry are down all the time: nothing here
 * needs them.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@Import({ TestClock.Configuration.class, ApiIT.DefectConfiguration.class })
@ExtendWith(OutputCaptureExtension.class)
@Timeout(300)
@NullUnmarked
class ApiIT {

	private static final String BAKERY = """
			{"name": "Bakery", "country": "BE", "registrationNumber": "%s"}""";

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	@LocalServerPort
	private int port;

	@Autowired
	private LearnInvitations learnInvitations;

	@Autowired
	private DatabaseClient database;

	@Autowired
	private TestClock clock;

	private final List<String> tokens = new ArrayList<>();

	@DynamicPropertySource
	static void stack(DynamicPropertyRegistry registry) {
		TestStack.registerWithIdentity(registry);
	}

	@BeforeEach
	void resetClock() {
		this.clock.reset();
	}

	@AfterEach
	void noTokenIsInTheLogs(CapturedOutput output) {
		assertThat(this.tokens).allSatisfy((token) -> assertThat(output.getAll()).doesNotContain(token));
	}

	@Nested
	class ReadingAnInvitation {

		@Test
		void saysWhoInvitesAndWhatAccessIsAskedFor() {
			TestInvitations invitation = learned(anInvitation());

			ann().get()
				.uri("/v1/invitations/{token}", token(invitation))
				.exchange()
				.expectStatus()
				.isOk()
				.expectBody()
				.json("""
						{"invitationId": "%s", "generation": 1, "state": "PENDING", "partnerName": "Müller & Partner",
						 "clientName": "Bakery", "language": "nl", "expiresAt": "2026-03-31T12:00:00Z",
						 "permissions": [
						   {"code": "view-documents", "description": "facturen, bonnen en andere documenten bekijken"},
						   {"code": "view-reports", "description": "rapporten en aangiften bekijken"}]}
						""".formatted(invitation.id()))
				.jsonPath("$.consent.version")
				.isEqualTo("2026-01")
				.jsonPath("$.consent.language")
				.isEqualTo("nl")
				.jsonPath("$.consent.hash")
				.isEqualTo(ConsentTexts.in(InviteeLanguage.DUTCH)
					.granting("Müller & Partner", List.of(Permission.VIEW_DOCUMENTS, Permission.VIEW_REPORTS))
					.hash())
				.jsonPath("$.consent.text")
				.value(String.class, (text) -> assertThat(text).startsWith("Ik geef Müller & Partner toegang"));
		}

		@Test
		void saysItInTheLanguageOfTheApp() {
			TestInvitations invitation = learned(anInvitation());

			ann().get()
				.uri("/v1/invitations/{token}?language=fr", token(invitation))
				.exchange()
				.expectBody()
				.jsonPath("$.language")
				.isEqualTo("fr")
				.jsonPath("$.permissions[1].description")
				.isEqualTo("consulter les rapports et les déclarations");
		}

		@Test
		void changesNothing() {
			TestInvitations invitation = learned(anInvitation());
			String before = everything();

			for (int i = 0; i < 3; i++) {
				ann().get().uri("/v1/invitations/{token}", token(invitation)).exchange().expectStatus().isOk();
				ann().get().uri("/v1/business-spaces").exchange().expectStatus().isOk();
				ann().get().uri("/v1/business-spaces/{id}", UUID.randomUUID()).exchange().expectStatus().isNotFound();
			}

			assertThat(everything()).isEqualTo(before);
		}

		@Test
		void tellsAForgedLinkFromNoLinkByNothing() {
			TestInvitations invitation = learned(anInvitation());
			String genuine = token(invitation);
			String forged = genuine.substring(0, 46) + ((genuine.charAt(46) == 'A') ? 'Q' : 'A');

			byte[] ofForged = problem(ann(), forged, HttpStatus.NOT_FOUND, "link-unknown");
			byte[] ofNonsense = problem(ann(), "nonsense", HttpStatus.NOT_FOUND, "link-unknown");

			assertThat(withoutInstance(ofForged)).isEqualTo(withoutInstance(ofNonsense));
		}

		@Test
		void explainsALinkThatCannotBeAccepted() {
			TestInvitations expired = learned(anInvitation().expiringAt(TestClock.START));
			TestInvitations superseded = learned(anInvitation());
			learned(superseded.resent());
			TestInvitations revoked = learned(anInvitation());
			ApiIT.this.learnInvitations.learn(List.of(), List.of(revoked.revocation())).block();

			problem(ann(), token(expired), HttpStatus.GONE, "link-expired");
			problem(ann(), token(superseded), HttpStatus.GONE, "link-superseded");
			problem(ann(), token(revoked), HttpStatus.GONE, "invitation-revoked");
		}

		@Test
		void asksToTryAgainSoonWhenTheInvitationIsStillOnItsWay() {
			ann().get()
				.uri("/v1/invitations/{token}", token(anInvitation()))
				.exchange()
				.expectStatus()
				.isEqualTo(HttpStatus.SERVICE_UNAVAILABLE)
				.expectHeader()
				.valueEquals(HttpHeaders.RETRY_AFTER, "5")
				.expectBody()
				.jsonPath("$.type")
				.isEqualTo("https://banqup.example/problems/not-yet-known");
		}

		@Test
		void showsWhatWasAcceptedToWhoAcceptedItOnly() {
			TestInvitations invitation = learned(anInvitation());
			WebTestClient ann = ann();
			accept(ann, invitation, aSpaceOf(ann));

			ann.get()
				.uri("/v1/invitations/{token}", token(invitation))
				.exchange()
				.expectStatus()
				.isOk()
				.expectBody()
				.jsonPath("$.state")
				.isEqualTo("ACCEPTED");
			byte[] forOthers = problem(ann(), token(invitation), HttpStatus.CONFLICT, "already-accepted");
			assertThat(new String(forOthers)).doesNotContain("Müller", "Bakery", invitation.id().toString());
		}

	}

	@Nested
	class Accepting {

		@Test
		void linksAndAnswersTheSameAgain() {
			TestInvitations invitation = learned(anInvitation());
			WebTestClient ann = ann();
			String space = aSpaceOf(ann);

			Map<?, ?> first = accept(ann, invitation, space);
			Map<?, ?> again = accept(ann, invitation, space);

			assertThat(first.get("businessSpaceId")).isEqualTo(space);
			assertThat(first.get("linkId")).isNotNull();
			assertThat(first.get("consentId")).isNotNull();
			assertThat(Instant.parse(first.get("acceptedAt").toString())).isEqualTo(TestClock.START);
			assertThat(again).isEqualTo(first);
		}

		@Test
		void refusesSomebodyElsesBusinessSpace() {
			TestInvitations invitation = learned(anInvitation());
			String space = aSpaceOf(ann());

			refused(ann(), invitation, acceptForm(invitation, space), HttpStatus.NOT_FOUND, "business-space-not-found");
		}

		@Test
		void refusesAConsentToWordsThatAreNoLongerCurrent() {
			TestInvitations invitation = learned(anInvitation());
			WebTestClient ann = ann();
			String space = aSpaceOf(ann);

			String current = acceptForm(invitation, space);
			for (String other : List.of(current.replace("2026-01", "1999-01"), current.replace("\"nl\"", "\"fr\""),
					acceptForm(invitation.askingFor("view-documents"), space))) {
				refused(ann, invitation, other, HttpStatus.CONFLICT, "consent-changed");
			}
			assertThat(accept(ann, invitation, space)).isNotNull();
		}

		@Test
		void namesTheFieldThatIsMissing() {
			TestInvitations invitation = learned(anInvitation());

			assertThat(refused(ann(), invitation, "{}", HttpStatus.BAD_REQUEST, "invalid-request"))
				.contains("\"field\":\"businessSpaceId\"", "\"field\":\"consent\"");
			assertThat(refused(ann(), invitation, """
					{"businessSpaceId": "%s", "consent": {"language": "xx"}}""".formatted(UUID.randomUUID()),
					HttpStatus.BAD_REQUEST, "invalid-request"))
				.contains("consent.version", "consent.language", "consent.hash");
		}

		@Test
		void refusesALinkThatIsNotOurs() {
			String form = acceptForm(anInvitation(), UUID.randomUUID().toString());
			String before = everything();

			ann().post()
				.uri("/v1/invitations/nonsense/accept")
				.contentType(MediaType.APPLICATION_JSON)
				.bodyValue(form)
				.exchange()
				.expectStatus()
				.isNotFound();

			assertThat(everything()).as("not even an account is made").isEqualTo(before);
		}

		@Test
		void explainsALinkThatCannotBeAccepted() {
			TestInvitations expired = learned(anInvitation().expiringAt(TestClock.START));
			TestInvitations older = learned(anInvitation());
			learned(older.resent());
			TestInvitations revoked = learned(anInvitation());
			ApiIT.this.learnInvitations.learn(List.of(), List.of(revoked.revocation())).block();
			TestInvitations unknown = anInvitation();
			String space = UUID.randomUUID().toString();
			String before = everything();

			refused(ann(), expired, acceptForm(expired, space), HttpStatus.GONE, "link-expired");
			refused(ann(), older, acceptForm(older, space), HttpStatus.GONE, "link-superseded");
			refused(ann(), revoked, acceptForm(revoked, space), HttpStatus.GONE, "invitation-revoked");
			refused(ann(), unknown, acceptForm(unknown, space), HttpStatus.SERVICE_UNAVAILABLE, "not-yet-known");

			assertThat(everything()).as("not even an account is made").isEqualTo(before);
		}

	}

	@Nested
	class TellingProgress {

		@Test
		void letsThePartnerSeeEachStepOnce() {
			TestInvitations invitation = learned(anInvitation());
			WebTestClient ann = ann();

			for (String step : List.of("OPENED", "SPACE_CHOSEN", "SPACE_CHOSEN", "SIGNED_IN")) {
				progress(ann, token(invitation), "{\"progress\": \"%s\"}".formatted(step)).isNoContent();
			}

			assertThat(steps(invitation)).containsExactly("OPENED", "SPACE_CHOSEN");
		}

		@Test
		void changesNothingAfterTheAcceptance() {
			TestInvitations invitation = learned(anInvitation());
			WebTestClient ann = ann();
			accept(ann, invitation, aSpaceOf(ann));

			progress(ann, token(invitation), "{\"progress\": \"OPENED\"}").isNoContent();
			progress(ann(), token(invitation), "{\"progress\": \"OPENED\"}").isEqualTo(HttpStatus.CONFLICT);

			assertThat(steps(invitation)).containsExactly("CONFIRMED");
		}

		@Test
		void refusesALinkThatIsNotOursOrHasEnded() {
			TestInvitations expired = learned(anInvitation().expiringAt(TestClock.START));

			progress(ann(), "nonsense", "{\"progress\": \"OPENED\"}").isNotFound();
			progress(ann(), token(expired), "{\"progress\": \"OPENED\"}").isEqualTo(HttpStatus.GONE);

			assertThat(steps(expired)).isEmpty();
		}

		@Test
		void refusesWhatIsNoStepOfTheApp() {
			TestInvitations invitation = learned(anInvitation());

			for (String form : List.of("{\"progress\": \"CONFIRMED\"}", "{\"progress\": \"opened\"}", "{}")) {
				progress(ann(), token(invitation), form).isBadRequest()
					.expectBody()
					.jsonPath("$.errors[0].field")
					.isEqualTo("progress");
			}

			assertThat(steps(invitation)).isEmpty();
		}

		private StatusAssertions progress(WebTestClient account, String token, String form) {
			return account.post()
				.uri("/v1/invitations/{token}/progress", token)
				.contentType(MediaType.APPLICATION_JSON)
				.bodyValue(form)
				.exchange()
				.expectStatus();
		}

	}

	@Nested
	class BusinessSpacesOfAnAccount {

		@Test
		void areCreatedAndListed() {
			WebTestClient ann = ann();

			String location = ann.post()
				.uri("/v1/business-spaces")
				.contentType(MediaType.APPLICATION_JSON)
				.bodyValue("""
						{"name": " Bäckerei Müller ", "country": "de", "vatNumber": "DE 123.456.789"}""")
				.exchange()
				.expectStatus()
				.isCreated()
				.expectBody()
				.json("""
						{"name": "Bäckerei Müller", "country": "DE", "vatNumber": "DE123456789"}""")
				.returnResult()
				.getResponseHeaders()
				.getFirst(HttpHeaders.LOCATION);

			ann.get()
				.uri(location)
				.exchange()
				.expectStatus()
				.isOk()
				.expectBody()
				.jsonPath("$.name")
				.isEqualTo("Bäckerei Müller");
			ann.get().uri("/v1/business-spaces").exchange().expectBody().jsonPath("$.items.length()").isEqualTo(1);
			ann().get().uri(location).exchange().expectStatus().isNotFound();
			ann().get().uri("/v1/business-spaces").exchange().expectBody().json("{\"items\": []}");
		}

		@Test
		void areNotCreatedForThoseWhoAcceptNoAnswerOfOurs() {
			WebTestClient ann = ann();

			for (String accept : List.of("application/xml", "nonsense")) {
				ann.post()
					.uri("/v1/business-spaces")
					.header(HttpHeaders.ACCEPT, accept)
					.contentType(MediaType.APPLICATION_JSON)
					.bodyValue(BAKERY.formatted("0403019261"))
					.exchange()
					.expectStatus()
					.isEqualTo(HttpStatus.NOT_ACCEPTABLE)
					.expectBody()
					.jsonPath("$.type")
					.isEqualTo("https://banqup.example/problems/not-acceptable");
			}

			ann.get().uri("/v1/business-spaces").exchange().expectBody().json("{\"items\": []}");
		}

		@Test
		void areNotCreatedTwiceWithTheSameNumber() {
			WebTestClient ann = ann();
			String number = UUID.randomUUID().toString();

			assertThat(aSpaceOf(ann, number)).isEqualTo(aSpaceOf(ann, number));
			assertThat(aSpaceOf(ann(), number)).isNotEqualTo(aSpaceOf(ann, number));
		}

		@Test
		void areRefusedWithEveryWrongFieldNamed() {
			create("{\"name\": \"a\\nb\", \"country\": \"XX\"}").isBadRequest()
				.expectHeader()
				.contentType(MediaType.APPLICATION_PROBLEM_JSON)
				.expectBody()
				.jsonPath("$.errors[*].field")
				.isEqualTo(List.of("name", "country", "vatNumber"));
		}

		@Test
		void areRefusedWithAFieldThatIsNotDescribed() {
			create("{\"name\": \"Bakery\", \"country\": \"BE\", \"vatNumber\": \"BE0123456789\", \"vip\": true}")
				.isBadRequest()
				.expectBody()
				.jsonPath("$.type")
				.isEqualTo("https://banqup.example/problems/malformed-request");
		}

		@Test
		void areRefusedWhenTheBodyIsNoJsonOrHuge() {
			create("{").isBadRequest();
			create("{\"name\": \"%s\"}".formatted("x".repeat(70_000))).isEqualTo(HttpStatus.CONTENT_TOO_LARGE)
				.expectBody()
				.jsonPath("$.type")
				.isEqualTo("https://banqup.example/problems/request-too-large");
		}

		private StatusAssertions create(String body) {
			return ann().post()
				.uri("/v1/business-spaces")
				.contentType(MediaType.APPLICATION_JSON)
				.bodyValue(body)
				.exchange()
				.expectStatus();
		}

	}

	@Nested
	class AnybodyElse {

		@Test
		void isRefusedWithoutAToken() {
			TestInvitations invitation = learned(anInvitation());

			nobody().get()
				.uri("/v1/invitations/{token}", token(invitation))
				.exchange()
				.expectStatus()
				.isUnauthorized()
				.expectHeader()
				.value(HttpHeaders.WWW_AUTHENTICATE, (header) -> assertThat(header).startsWith("Bearer"))
				.expectHeader()
				.contentType(MediaType.APPLICATION_PROBLEM_JSON)
				.expectBody()
				.jsonPath("$.type")
				.isEqualTo("https://banqup.example/problems/unauthorized");
		}

		@Test
		void isRefusedWithATokenOfAnotherIssuerOrAnExpiredOne() {
			String ofPartners = Stack.shared()
				.identity()
				.token(IdentityProvider.PARTNERS, "ann", Map.of(), Duration.ofMinutes(5));
			String expired = Stack.shared()
				.identity()
				.token(IdentityProvider.CLIENTS, "ann", Map.of(), Duration.ofMinutes(-5));

			with(ofPartners).get().uri("/v1/business-spaces").exchange().expectStatus().isUnauthorized();
			with(expired).get().uri("/v1/business-spaces").exchange().expectStatus().isUnauthorized();
			with("nonsense").get().uri("/v1/business-spaces").exchange().expectStatus().isUnauthorized();
		}

	}

	@Nested
	class ACallerWhoGoesAway {

		@Autowired
		private Errand errand;

		@Test
		void doesNotCancelWhatWasBegun() {
			Disposable caller = HttpClient.newConnection()
				.headers((headers) -> headers.set(HttpHeaders.AUTHORIZATION, "Bearer " + tokenOfAnn()))
				.post()
				.uri("http://127.0.0.1:%d/v1/errand".formatted(ApiIT.this.port))
				.response()
				.subscribe();
			assertThat(this.errand.begun).succeedsWithin(PATIENCE);

			caller.dispose();
			assertThat(this.errand.callerLeft).succeedsWithin(PATIENCE).isEqualTo(SignalType.CANCEL);
			this.errand.end.tryEmitValue("done");

			assertThat(this.errand.done).succeedsWithin(PATIENCE).isEqualTo("done");
		}

	}

	@Nested
	class EveryAnswer {

		@Test
		void keepsBrowsersFromCachingFramingAndSniffing() {
			ann().get()
				.uri("/v1/business-spaces")
				.exchange()
				.expectHeader()
				.valueEquals("Cache-Control", "no-cache, no-store, max-age=0, must-revalidate")
				.expectHeader()
				.valueEquals("X-Content-Type-Options", "nosniff")
				.expectHeader()
				.valueEquals("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
				.expectHeader()
				.valueEquals("Referrer-Policy", "no-referrer")
				.expectHeader()
				.doesNotExist(HttpHeaders.SET_COOKIE);
		}

		@ParameterizedTest
		@CsvSource({ "/v1/nothing, /v1/nothing;x, */*", "/v1/nothing, /v1/a%2Fb, text/html",
				"/nowhere, /nowhere;x, text/html", "/nowhere, /nowhere;x, */*", "/i/x, /i/x%0a, text/html",
				"/actuator/nowhere, /actuator/nowhere;x, */*" })
		void hasTheSameHeadersWhenTheFirewallStopsTheRequest(String path, String stopped, String accept) {
			assertThat(securityHeaders(stopped, accept)).isEqualTo(securityHeaders(path, accept))
				.containsKeys("cache-control", "content-security-policy", "referrer-policy",
						"strict-transport-security", "x-content-type-options", "x-frame-options");
		}

		/** All but those that are about the content. */
		private Map<String, List<String>> securityHeaders(String path, String accept) {
			HttpHeaders headers = ann().get()
				.uri(URI.create("http://127.0.0.1:" + ApiIT.this.port + path))
				.header("Accept", accept)
				.header("X-Forwarded-Proto", "https")
				.exchange()
				.expectStatus()
				.is4xxClientError()
				.returnResult(Void.class)
				.getResponseHeaders();
			return headers.headerSet()
				.stream()
				.filter((header) -> !header.getKey().toLowerCase(Locale.ROOT).startsWith("content-l"))
				.filter((header) -> !header.getKey().equalsIgnoreCase(HttpHeaders.DATE))
				.collect(Collectors.toMap((header) -> header.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue));
		}

		@ParameterizedTest
		@ValueSource(strings = { "text/html", "*/*" })
		void endsByBreakingOffWhenItFailsInTheMiddle(String accept, CapturedOutput output) {
			String token = token(anInvitation());
			WebTestClient.ResponseSpec half = nobody().get()
				.uri("/i/{token}/truncated", token)
				.header("Accept", accept)
				.exchange();

			assertThatThrownBy(() -> half.expectBody().returnResult())
				.hasRootCauseInstanceOf(PrematureCloseException.class);
			assertThat(output.getAll()).contains("GET broke off: java.lang.IllegalStateException")
				.doesNotContain("500 Server Error", "/truncated");
		}

		@Test
		void isAProblemWhateverGoesWrong() {
			ann().get()
				.uri("/v1/nothing")
				.exchange()
				.expectStatus()
				.isNotFound()
				.expectHeader()
				.contentType(MediaType.APPLICATION_PROBLEM_JSON);
			ann().delete()
				.uri("/v1/business-spaces")
				.exchange()
				.expectStatus()
				.isEqualTo(HttpStatus.METHOD_NOT_ALLOWED)
				.expectHeader()
				.contentType(MediaType.APPLICATION_PROBLEM_JSON);
			ann().get()
				.uri("/v1/business-spaces/not-an-id")
				.exchange()
				.expectStatus()
				.isBadRequest()
				.expectHeader()
				.contentType(MediaType.APPLICATION_PROBLEM_JSON);
		}

		@Test
		void hidesADefectAndKeepsTheTokenOutOfItsLog(CapturedOutput output) {
			String token = token(anInvitation());

			ann().get()
				.uri("/v1/defect/{token}", token)
				.exchange()
				.expectStatus()
				.isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR)
				.expectBody()
				.jsonPath("$.type")
				.isEqualTo("https://banqup.example/problems/internal-error")
				.jsonPath("$.instance")
				.value(String.class, (instance) -> assertThat(output.getAll()).contains("Request failed: " + instance));

			assertThat(output.getAll()).contains("Request failed", "IllegalStateException: a defect");
		}

		@Test
		void keepsTheTokenOutOfTheLogOfAPageThatFails(CapturedOutput output) {
			String token = token(anInvitation());

			nobody().get().uri("/i/{token}/defect", token).exchange().expectStatus().is5xxServerError();

			assertThat(output.getAll()).contains("IllegalStateException: a defect of a page").doesNotContain(token);
		}

		@Test
		void isMeasuredByItsRoute() {
			String token = token(learned(anInvitation()));
			ann().get().uri("/v1/invitations/{token}", token).exchange().expectStatus().isOk();

			nobody().get()
				.uri("/actuator/prometheus")
				.exchange()
				.expectStatus()
				.isOk()
				.expectBody(String.class)
				.value((metrics) -> assertThat(metrics).contains("uri=\"/v1/invitations/{token}\"")
					.doesNotContain(token));
		}

		@Test
		void isDescribed() {
			nobody().get()
				.uri("/v3/api-docs")
				.exchange()
				.expectStatus()
				.isOk()
				.expectBody()
				.jsonPath("$.paths['/v1/invitations/{token}/accept'].post.summary")
				.exists()
				.jsonPath("$.paths['/v1/invitations/{token}/progress'].post.responses['204']")
				.exists()
				.jsonPath("$.paths['/v1/invitations/{token}'].get.parameters.length()")
				.isEqualTo(2)
				.jsonPath("$.paths['/v1/business-spaces'].post")
				.exists()
				.jsonPath("$.components.securitySchemes.clients.scheme")
				.isEqualTo("bearer");
			nobody().get().uri("/swagger-ui/index.html").exchange().expectStatus().isOk();
		}

		@Test
		void isDescribedHoweverItFails() {
			JsonNode paths = description().at("/paths");

			assertThat(statuses(paths, "/v1/invitations/{token}", "get"))
				.isEqualTo("200 400 401 404 406 409 410 500 503");
			assertThat(statuses(paths, "/v1/invitations/{token}/progress", "post"))
				.isEqualTo("204 400 401 404 406 409 410 413 415 500 503");
			assertThat(statuses(paths, "/v1/invitations/{token}/accept", "post"))
				.isEqualTo("200 400 401 404 406 409 410 413 415 500 503");
			assertThat(statuses(paths, "/v1/business-spaces", "get")).isEqualTo("200 400 401 406 500 503");
			assertThat(statuses(paths, "/v1/business-spaces", "post")).isEqualTo("201 400 401 406 409 413 415 500 503");
			assertThat(statuses(paths, "/v1/business-spaces/{id}", "get")).isEqualTo("200 400 401 404 406 500 503");
			paths.forEach((path) -> path.forEach((operation) -> {
				assertThat(operation.at("/responses/503/headers").has("Retry-After")).isTrue();
				operation.at("/responses").properties().forEach((response) -> problemIfItFails(response));
			}));
		}

		private String statuses(JsonNode paths, String path, String method) {
			return String.join(" ", new TreeSet<>(paths.get(path).get(method).get("responses").propertyNames()));
		}

		private void problemIfItFails(Map.Entry<String, JsonNode> response) {
			JsonNode content = response.getValue().at("/content");
			if (response.getKey().compareTo("400") >= 0) {
				assertThat(content.propertyNames()).containsExactly("application/problem+json");
				assertThat(content.findValuesAsString("$ref")).containsExactly("#/components/schemas/Problem");
			}
			else {
				assertThat(content.propertyNames()).doesNotContain("application/problem+json");
			}
		}

		@Test
		void isDescribedWithoutAnOpenReference() {
			JsonNode description = description();

			assertThat(description.findValuesAsString("$ref")).isNotEmpty()
				.allSatisfy(
						(reference) -> assertThat(description.at(reference.substring(1)).isMissingNode()).as(reference)
							.isFalse());
		}

		@Test
		void isDescribedWithPatternsForTheWholeText() {
			assertThat(description().findValuesAsString("pattern")).isNotEmpty()
				.allSatisfy((pattern) -> assertThat(pattern).startsWith("^").endsWith("$"));
		}

		private JsonNode description() {
			return JsonMapper.shared()
				.readTree(nobody().get().uri("/v3/api-docs").exchange().expectBody().returnResult().getResponseBody());
		}

	}

	@Nested
	class WhileTheDatabaseIsDown {

		@Test
		void asksToTryAgainAndRecovers() {
			TestInvitations invitation = learned(anInvitation());
			WebTestClient ann = ann();
			String space = aSpaceOf(ann);

			Stack.shared().postgres().stop();
			try {
				acceptance(ann, invitation, acceptForm(invitation, space)).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE)
					.expectHeader()
					.valueEquals(HttpHeaders.RETRY_AFTER, "5")
					.expectBody()
					.jsonPath("$.type")
					.isEqualTo("https://banqup.example/problems/service-unavailable");
				problem(ann, token(invitation), HttpStatus.SERVICE_UNAVAILABLE, "service-unavailable");
				problem(ann, "nonsense", HttpStatus.NOT_FOUND, "link-unknown");
			}
			finally {
				Stack.shared().postgres().start();
			}

			assertThat(accept(ann, invitation, space)).isNotNull();
		}

	}

	private TestInvitations learned(TestInvitations invitation) {
		this.learnInvitations.learn(List.of(invitation.requested()), List.of()).block();
		return invitation;
	}

	private String token(TestInvitations invitation) {
		this.tokens.add(invitation.token());
		return invitation.token();
	}

	/**
	 * A new connection each time: who refuses a body half-way also closes the connection.
	 */
	private WebTestClient nobody() {
		return WebTestClient.bindToServer(new ReactorClientHttpConnector(HttpClient.newConnection()))
			.baseUrl("http://127.0.0.1:" + this.port)
			.responseTimeout(Duration.ofSeconds(120))
			.build();
	}

	/** Somebody who has never been here. */
	private WebTestClient ann() {
		return with(tokenOfAnn());
	}

	private static String tokenOfAnn() {
		return Stack.shared()
			.identity()
			.token(IdentityProvider.CLIENTS, UUID.randomUUID().toString(),
					Map.of("name", "Ann", "email", "ann@bakery.example", "email_verified", true),
					Duration.ofMinutes(5));
	}

	private WebTestClient with(String bearer) {
		return nobody().mutate().defaultHeaders((headers) -> headers.setBearerAuth(bearer)).build();
	}

	private String aSpaceOf(WebTestClient account) {
		return aSpaceOf(account, UUID.randomUUID().toString());
	}

	private String aSpaceOf(WebTestClient account, String registrationNumber) {
		return account.post()
			.uri("/v1/business-spaces")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(BAKERY.formatted(registrationNumber))
			.exchange()
			.expectStatus()
			.isCreated()
			.expectBody(Map.class)
			.returnResult()
			.getResponseBody()
			.get("id")
			.toString();
	}

	private StatusAssertions acceptance(WebTestClient account, TestInvitations invitation, String body) {
		return account.post()
			.uri("/v1/invitations/{token}/accept", token(invitation))
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(body)
			.exchange()
			.expectStatus();
	}

	private Map<?, ?> accept(WebTestClient account, TestInvitations invitation, String space) {
		return acceptance(account, invitation, acceptForm(invitation, space)).isOk()
			.expectBody(Map.class)
			.returnResult()
			.getResponseBody();
	}

	private String refused(WebTestClient account, TestInvitations invitation, String body, HttpStatus status,
			String type) {
		byte[] problem = acceptance(account, invitation, body).isEqualTo(status)
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("https://banqup.example/problems/" + type)
			.returnResult()
			.getResponseBody();
		return assertThat(new String(problem)).doesNotContain(invitation.token()).actual();
	}

	/** What the app sends that showed the invitation in its own language. */
	private static String acceptForm(TestInvitations invitation, String space) {
		ConsentText text = ConsentTexts.in(InviteeLanguage.DUTCH)
			.granting(invitation.partnerName(),
					invitation.permissions().stream().flatMap((code) -> Permission.ofCode(code).stream()).toList());
		return """
				{"businessSpaceId": "%s", "consent": {"version": "%s", "language": "nl", "hash": "%s"}}"""
			.formatted(space, text.version(), text.hash());
	}

	private static String withoutInstance(byte[] problem) {
		return new String(problem).replaceAll("\"instance\":\"[^\"]*\"", "");
	}

	/** How many accounts and messages there are, and how far all clients got. */
	private String everything() {
		return this.database.sql("""
				SELECT concat_ws(' ', (SELECT count(*) FROM account), (SELECT count(*) FROM outbox),
				                 (SELECT count(*) FROM link), (SELECT count(*) FROM business_space),
				                 (SELECT sum(progress) FROM invitation)) AS everything
				""").map((row) -> row.get("everything", String.class)).one().block();
	}

	private List<String> steps(TestInvitations invitation) {
		return new StoredEvents(this.database).of(invitation.clientId())
			.stream()
			.filter(InvitationProgressed.class::isInstance)
			.map((event) -> ((InvitationProgressed) event).getStep().name())
			.toList();
	}

	private byte[] problem(WebTestClient account, String token, HttpStatus status, String type) {
		byte[] problem = account.get()
			.uri("/v1/invitations/{token}", token)
			.exchange()
			.expectStatus()
			.isEqualTo(status)
			.expectHeader()
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.expectBody()
			.jsonPath("$.type")
			.isEqualTo("https://banqup.example/problems/" + type)
			.jsonPath("$.instance")
			.value(String.class, (instance) -> assertThat(instance).startsWith("urn:uuid:"))
			.returnResult()
			.getResponseBody();
		assertThat(new String(problem)).doesNotContain(token);
		return problem;
	}

	/** A part of the API that is broken. */
	@TestConfiguration(proxyBeanMethods = false)
	static class DefectConfiguration {

		@Bean
		Defect defect() {
			return new Defect();
		}

		@Bean
		DefectivePage defectivePage() {
			return new DefectivePage();
		}

		@Bean
		Errand errand() {
			return new Errand();
		}

		@Bean
		Departures departures(Errand errand) {
			return new Departures(errand);
		}

	}

	/** Work that lasts until a test ends it. */
	@RestController
	static class Errand {

		private final CompletableFuture<Void> begun = new CompletableFuture<>();

		private final CompletableFuture<SignalType> callerLeft = new CompletableFuture<>();

		private final Sinks.One<String> end = Sinks.one();

		private final CompletableFuture<String> done = new CompletableFuture<>();

		@PostMapping("/v1/errand")
		Mono<String> run() {
			return this.end.asMono()
				.doOnSubscribe((subscription) -> this.begun.complete(null))
				.doOnNext(this.done::complete)
				.doOnCancel(() -> this.done.cancel(false));
		}

	}

	/**
	 * Around all other filters: notices when a caller has gone away and all was
	 * cancelled.
	 */
	private record Departures(Errand errand) implements WebFilter, Ordered {

		@Override
		public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
			boolean ours = exchange.getRequest().getPath().value().equals("/v1/errand");
			return ours ? chain.filter(exchange).doFinally((signal) -> this.errand.callerLeft.complete(signal))
					: chain.filter(exchange);
		}

		@Override
		public int getOrder() {
			return HIGHEST_PRECEDENCE;
		}

	}

	@RestController
	static class Defect {

		@GetMapping("/v1/defect/{token}")
		Mono<String> fail(@PathVariable String token) {
			return Mono.error(new IllegalStateException("a defect"));
		}

	}

	@Controller
	static class DefectivePage {

		@GetMapping("/i/{token}/defect")
		Mono<Void> fail(@PathVariable String token) {
			return Mono.error(new IllegalStateException("a defect of a page"));
		}

		@GetMapping("/i/{token}/truncated")
		Mono<Void> failInTheMiddle(ServerHttpResponse response) {
			DataBuffer half = response.bufferFactory().wrap("half".getBytes(StandardCharsets.UTF_8));
			return response.writeAndFlushWith(Flux.concat(Mono.just(Mono.just(half)),
					Mono.error(new IllegalStateException("a defect in the middle"))));
		}

	}

}
