package com.banqup.invitations.cli.connection;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A system that {@code ./run} started on this machine, by what its data folder says.
 *
 * @param folder the data folder
 * @param token of a Client Manager, who may invite and no more
 */
record LocalRun(Path folder, URI inviteApi, UUID partnerSpaceId, String token, Instant tokensExpireAt) {

	private static final String FILE = "endpoints.json";

	/**
	 * What a data folder says; empty if nothing was ever started with it.
	 * @throws Misconfigured if it cannot be understood
	 */
	static Optional<LocalRun> find(Path data) {
		Path file = data.resolve(FILE);
		if (!Files.exists(file)) {
			return Optional.empty();
		}
		try {
			JsonNode endpoints = new JsonMapper().readTree(Files.readString(file));
			return Optional.of(new LocalRun(data, URI.create(endpoints.required("inviteApi").asString()),
					UUID.fromString(endpoints.required("partnerSpaceId").asString()),
					endpoints.required("tokens").required("clientManager").asString(),
					Instant.parse(endpoints.required("tokensExpireAt").asString())));
		}
		catch (IOException | JacksonException | IllegalArgumentException | DateTimeException ex) {
			throw new Misconfigured(file + " cannot be understood: " + ex.getClass().getSimpleName());
		}
	}

	/** Where it stands. */
	Path file() {
		return this.folder.resolve(FILE);
	}

	@Override
	public String toString() {
		return "LocalRun[" + this.folder + "]";
	}

}
