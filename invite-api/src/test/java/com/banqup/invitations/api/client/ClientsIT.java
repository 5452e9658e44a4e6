package com.banqup.invitations.api.client;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

import com.banqup.invitations.api.ApiIntegration;
import com.banqup.invitations.api.Partner;
import com.banqup.invitations.api.Response;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class ClientsIT extends ApiIntegration {

	@Nested
	class Adding {

		@Test
		void answersWithTheClientAndWhereItIs() {
			Partner partner = administrator();

			Response added = partner
				.post("/clients",
						Map.of("name", "  Café  Zoë ", "email", "Hallo@Café-Zoë.example", "language", "fr",
								"externalReference", "K-1", "vatNumber", "BE 0123.456.749", "country", "BE"))
				.requireStatus(201);

			assertThat(added.text("name")).isEqualTo("Café Zoë");
			assertThat(added.text("email")).isEqualTo("Hallo@Café-Zoë.example");
			assertThat(added.text("language")).isEqualTo("fr");
			assertThat(added.text("externalReference")).isEqualTo("K-1");
			assertThat(added.text("vatNumber")).isEqualTo("BE 0123.456.749");
			assertThat(added.text("country")).isEqualTo("BE");
			assertThat(added.text("status")).isEqualTo("INACTIVE");
			assertThat(added.text("createdAt")).isEqualTo(added.text("updatedAt")).isNotNull();
			assertThat(added.json().has("activeSince")).isFalse();
			assertThat(added.json().has("invitation")).isFalse();
			assertThat(added.headers().getLocation())
				.hasPath("/v1/partner-spaces/" + partner.space() + "/clients/" + added.text("id"));
			assertThat(UUID.fromString(added.text("id")).version()).isEqualTo(7);
			assertThat(partner.get("/clients/" + added.text("id")).json()).isEqualTo(added.json());
		}

		@Test
		void takesOutWhatComesWithPastedTextUnseen() {
			Partner partner = administrator();

			Response added = partner.post("/clients",
					Map.of("name", "\uFEFFJan\u00ADssens", "email", "\u00A0jan@\u200Bjanssens.example\u200E\u00A0",
							"externalReference", "K\u200B-1", "vatNumber", "\uFEFFBE\u00A00123.456.749 ", "language",
							"NL\u00A0", "country", " be\u200B"))
				.requireStatus(201);

			assertThat(added.text("name")).isEqualTo("Janssens");
			assertThat(added.text("email")).isEqualTo("jan@janssens.example");
			assertThat(added.text("externalReference")).isEqualTo("K-1");
			assertThat(added.text("vatNumber")).isEqualTo("BE 0123.456.749");
			assertThat(added.text("language")).isEqualTo("nl");
			assertThat(added.text("country")).isEqualTo("BE");
		}

		@Test
		void namesEveryFieldThatIsNotValid() {
			Map<String, Object> form = new HashMap<>();
			form.put("name", "x".repeat(201));
			form.put("email", "nobody");
			form.put("language", "es");
			form.put("externalReference", "a\u0007b");
			form.put("vatNumber", "<script>");
			form.put("country", "xx");

			Response response = administrator().post("/clients", form).requireProblem(400, "invalid-request");

			assertThat(response.errorFields()).containsExactly("country", "email", "externalReference", "language",
					"name", "vatNumber");
			assertThat(response.json().at("/errors").valueStream())
				.anySatisfy((error) -> assertThat(error.at("/message").asString())
					.isEqualTo("201 characters (expected: one line of 1..200 characters)"));
		}

		@Test
		void namesTheFieldsThatAreMissing() {
			Response response = administrator().post("/clients", Map.of()).requireProblem(400, "invalid-request");

			assertThat(response.errorFields()).containsExactly("email", "name");
		}

		@ParameterizedTest
		@CsvSource({ "a@b, name with a dot", "@b.example, local-part@domain", "a..b@c.example, before the @",
				"jürgen@c.example, before the @", "a@-b.example, domain", "a@1.2.3.4, IP address",
				"a@b_c.example, domain" })
		void refusesAddressesThatMailCannotGoTo(String email, String words) {
			Response response = administrator().post("/clients", Map.of("name", "A", "email", email))
				.requireProblem(400, "invalid-request");

			assertThat(response.text("errors.0.field")).isEqualTo("email");
			assertThat(response.text("errors.0.message")).contains(words);
		}

		@ParameterizedTest
		@MethodSource("com.banqup.invitations.api.client.ClientsIT#addressesThatAreFarTooLong")
		void refusesAddressesThatAreFarTooLong(String email) {
			Response response = administrator().post("/clients", Map.of("name", "A", "email", email))
				.requireProblem(400, "invalid-request");

			assertThat(response.errorFields()).containsExactly("email");
		}

		@Test
		void keepsExternalReferencesUniqueWithinThePartnerSpace() {
			Partner partner = administrator();
			Map<String, Object> form = Map.of("name", "A", "email", "a@a.example", "externalReference", "K-1");
			partner.addClient(form);

			partner.post("/clients", form).requireProblem(409, "external-reference-taken");

			administrator().addClient(form);
		}

	}

	static Stream<String> addressesThatAreFarTooLong() {
		return Stream.of("a@" + "é".repeat(1001) + ".example", "a@xn--" + "a".repeat(2001));
	}

	@Nested
	class Changing {

		@ParameterizedTest
		@MethodSource("com.banqup.invitations.api.client.ClientsIT#addressesThatAreFarTooLong")
		void refusesAddressesThatAreFarTooLong(String email) {
			Partner partner = administrator();
			UUID id = partner.addClient("A");

			Response response = partner.patch("/clients/" + id, Map.of("email", email))
				.requireProblem(400, "invalid-request");

			assertThat(response.errorFields()).containsExactly("email");
		}

		@Test
		void changesOnlyTheFieldsThatArePresent() {
			Partner partner = administrator();
			UUID id = partner.addClient(Map.of("name", "A", "email", "a@a.example", "language", "nl", "country", "NL"));
			Map<String, Object> patch = new HashMap<>();
			patch.put("name", "B");
			patch.put("language", null);

			Response changed = partner.patch("/clients/" + id, patch).requireStatus(200);

			assertThat(changed.text("name")).isEqualTo("B");
			assertThat(changed.text("email")).isEqualTo("a@a.example");
			assertThat(changed.json().has("language")).isFalse();
			assertThat(changed.text("country")).isEqualTo("NL");
			assertThat(partner.get("/clients?search=b").json().at("/items")).hasSize(1);
		}

		@Test
		void checksTheOutcomeLikeANewClient() {
			Partner partner = administrator();
			UUID id = partner.addClient("A");
			Map<String, Object> patch = new HashMap<>();
			patch.put("name", null);
			patch.put("email", "nobody");

			Response response = partner.patch("/clients/" + id, patch).requireProblem(400, "invalid-request");

			assertThat(response.errorFields()).containsExactly("email", "name");
			assertThat(partner.patch("/clients/" + id, Map.of("status", "ACTIVE"))
				.requireProblem(400, "invalid-request")
				.errorFields()).containsExactly("status");
			partner.patch("/clients/" + id, List.of()).requireStatus(400);
		}

		@Test
		void refusesAnExternalReferenceThatIsTaken() {
			Partner partner = administrator();
			partner.addClient(Map.of("name", "A", "email", "a@a.example", "externalReference", "K-1"));
			UUID id = partner.addClient("B");

			partner.patch("/clients/" + id, Map.of("externalReference", "K-1"))
				.requireProblem(409, "external-reference-taken");
		}

		@Test
		void doesNotFindTheClientOfAnotherPartnerSpace() {
			UUID foreign = administrator().addClient("A");

			administrator().patch("/clients/" + foreign, Map.of("name", "B")).requireProblem(404, "client-not-found");
		}

	}

	@Nested
	class Listing {

		@Test
		void pagesThroughAllClientsOnceWhileOthersAreAdded() {
			Partner partner = administrator();
			List<String> expected = new ArrayList<>(partner.addClients(7).stream().map(UUID::toString).toList());
			Collections.reverse(expected);

			List<String> seen = new ArrayList<>();
			String cursor = null;
			do {
				Response page = partner.get("/clients?limit=3" + ((cursor != null) ? "&cursor=" + cursor : ""))
					.requireStatus(200);
				seen.addAll(names(page, "id"));
				partner.addClient("Added meanwhile");
				cursor = page.text("nextCursor");
			}
			while (cursor != null);

			assertThat(seen).containsExactlyElementsOf(expected);
			assertThat(new HashSet<>(seen)).hasSameSizeAs(seen);
		}

		@Test
		void findsNamesAddressesAndReferencesWhateverCaseAndAccents() {
			Partner partner = administrator();
			partner.addClient(Map.of("name", "Café München GmbH", "email", "post@kaffee.example"));
			partner.addClient(
					Map.of("name", "Œuvre & Fils", "email", "a@straße.example", "externalReference", "REF_100%"));
			partner.addClient(Map.of("name", "Other", "email", "o@other.example", "externalReference", "REFX1000"));

			assertThat(search(partner, "cafe munchen")).containsExactly("Café München GmbH");
			assertThat(search(partner, "OEUVRE")).containsExactly("Œuvre & Fils");
			assertThat(search(partner, "KAFFEE")).containsExactly("Café München GmbH");
			assertThat(search(partner, "xn--strae-oqa")).containsExactly("Œuvre & Fils");
			assertThat(search(partner, "ref_1")).containsExactly("Œuvre & Fils");
			assertThat(search(partner, "100%")).containsExactly("Œuvre & Fils");
			assertThat(search(partner, "ref")).containsExactly("Other", "Œuvre & Fils");
			assertThat(search(partner, "\\")).isEmpty();
		}

		@Test
		void hasTabs() {
			Partner partner = administrator();
			partner.addClient("A");

			assertThat(names(partner.get("/clients?tab=inactive"), "name")).containsExactly("A");
			assertThat(names(partner.get("/clients?tab=active"), "name")).isEmpty();
		}

		@ParameterizedTest
		@CsvSource({ "limit=0, limit", "limit=201, limit", "limit=ten, limit", "cursor=abc, cursor",
				"cursor=%20, cursor", "tab=closed, tab" })
		void namesTheParameterThatIsNotValid(String query, String field) {
			Response response = withQuery(administrator(), query).requireProblem(400, "invalid-request");

			assertThat(response.errorFields()).containsExactly(field);
		}

		@Test
		void searchesForNoAccentsAlone() {
			Response response = administrator().get("/clients?search={text}", "\u0301")
				.requireProblem(400, "invalid-request");

			assertThat(response.errorFields()).containsExactly("search");
		}

		private Response withQuery(Partner partner, String query) {
			return partner.get("/clients?" + query.replace("%20", "{blank}"), " ");
		}

		private List<String> search(Partner partner, String text) {
			return names(partner.get("/clients?search={text}", text), "name");
		}

		private static List<String> names(Response page, String field) {
			return page.requireStatus(200)
				.json()
				.at("/items")
				.valueStream()
				.map((client) -> client.at("/" + field).asString())
				.toList();
		}

	}

	@Test
	void doesNotFindTheClientOfAnotherPartnerSpace() {
		UUID foreign = administrator().addClient("A");

		administrator().get("/clients/" + foreign).requireProblem(404, "client-not-found");
	}

}
