package com.banqup.invitations.api.template;

import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.banqup.invitations.api.ApiIntegration;
import com.banqup.invitations.api.Partner;
import com.banqup.invitations.api.Response;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ConfigurationTemplatesIT extends ApiIntegration {

	@Test
	void createsReadsListsAndChanges() {
		Partner partner = administrator();
		Response created = partner
			.post("/configuration-templates", Map.of("name", "New", "language", " FR", "expiresInDays", 90,
					"permissions", List.of("view-reports", "view-documents", "view-reports")))
			.requireStatus(201);
		String path = "/configuration-templates/" + created.text("id");

		assertThat(created.text("language")).isEqualTo("fr");
		assertThat(created.json().has("message")).isFalse();
		assertThat(created.json().at("/permissions").valueStream().map((code) -> code.asString()))
			.containsExactly("view-documents", "view-reports");
		assertThat(created.headers().getLocation()).hasPath("/v1/partner-spaces/" + partner.space() + path);
		assertThat(partner.get(path).requireStatus(200).json()).isEqualTo(created.json());

		Response changed = partner.patch(path, Map.of("expiresInDays", 1, "message", "Bonjour")).requireStatus(200);

		assertThat(changed.json().at("/expiresInDays").asInt()).isEqualTo(1);
		assertThat(changed.text("message")).isEqualTo("Bonjour");
		assertThat(changed.text("name")).isEqualTo("New");
		assertThat(partner.get("/configuration-templates").requireStatus(200).json().at("/items/0"))
			.isEqualTo(changed.json());
	}

	@Test
	void pages() {
		Partner partner = administrator();
		UUID first = partner.createTemplate();
		UUID second = partner.createTemplate();

		Response page = partner.get("/configuration-templates?limit=1").requireStatus(200);
		Response next = partner.get("/configuration-templates?limit=1&cursor=" + page.text("nextCursor"));

		assertThat(page.text("items.0.id")).isEqualTo(second.toString());
		assertThat(next.text("items.0.id")).isEqualTo(first.toString());
		assertThat(next.text("nextCursor")).isNull();
	}

	@Test
	void namesEveryFieldThatIsNotValid() {
		Response response = administrator()
			.post("/configuration-templates",
					Map.of("name", " ", "language", "xx", "message", "x".repeat(2_001), "expiresInDays", 91,
							"permissions", List.of("view-documents", "everything")))
			.requireProblem(400, "invalid-request");

		assertThat(response.errorFields()).containsExactly("expiresInDays", "language", "message", "name",
				"permissions[1]");
		assertThat(response.json().at("/errors").valueStream())
			.anySatisfy((error) -> assertThat(error.at("/message").asString()).isEqualTo("91 (expected: 1..90)"));
	}

	@Test
	void asksForAtLeastOnePermission() {
		Response response = administrator()
			.post("/configuration-templates",
					Map.of("name", "A", "language", "en", "expiresInDays", 1, "permissions", List.of()))
			.requireProblem(400, "invalid-request");

		assertThat(response.errorFields()).containsExactly("permissions");
	}

	@Test
	void doesNotFindTheTemplateOfAnotherPartnerSpace() {
		UUID foreign = administrator().createTemplate();

		administrator().get("/configuration-templates/" + foreign)
			.requireProblem(404, "configuration-template-not-found");
		administrator().patch("/configuration-templates/" + foreign, Map.of("name", "B"))
			.requireProblem(404, "configuration-template-not-found");
	}

}
