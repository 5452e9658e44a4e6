package com.banqup.invitations.api;

import java.util.List;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

import org.springframework.http.HttpHeaders;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An answer of the API.
 *
 * @param status its status
 * @param headers its headers
 * @param json its body, a missing node if it has none
 */
public record Response(int status, HttpHeaders headers, JsonNode json) {

	/** Fails the test unless the answer has this status. */
	public Response requireStatus(int expected) {
		assertThat(this.status).as("status of %s", this.json).isEqualTo(expected);
		return this;
	}

	/** Fails the test unless the answer is this problem. */
	public Response requireProblem(int expected, String type) {
		requireStatus(expected);
		assertThat(String.valueOf(this.headers.getContentType())).startsWith("application/problem+json");
		assertThat(text("type")).isEqualTo("https://banqup.example/problems/" + type);
		assertThat(this.json.at("/status").asInt()).isEqualTo(expected);
		assertThat(text("title")).isNotBlank();
		return this;
	}

	/** The text at this path, with dots between fields. */
	public @Nullable String text(String path) {
		JsonNode node = this.json.at("/" + path.replace('.', '/'));
		return (node.isMissingNode() || node.isNull()) ? null : node.asString();
	}

	/** The fields that a validation problem names. */
	public List<String> errorFields() {
		return this.json.at("/errors").valueStream().map((error) -> error.at("/field").asString()).sorted().toList();
	}

}
