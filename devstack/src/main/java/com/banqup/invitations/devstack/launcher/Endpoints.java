package com.banqup.invitations.devstack.launcher;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

import com.banqup.invitations.devstack.demo.DemoTarget;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where everything is and who may use it: {@code endpoints.json}, for people and programs
 * that work with a local run.
 *
 * @param smtp host and port
 * @param kafka bootstrap servers
 * @param databases JDBC URLs by database
 * @param partnerSpaceId the Partner Space that is there to be tried
 * @param partnerSpace its URL at invite-api
 * @param tokensExpireAt a restart writes new ones
 */
record Endpoints(URI inviteApi, URI inviteDispatcher, URI acceptanceService, URI mailInbox, String smtp,
		URI identityProvider, URI partnersIssuer, URI clientsIssuer, String schemaRegistry, String kafka,
		Map<String, String> databases, UUID partnerSpaceId, URI partnerSpace, Instant tokensExpireAt, Tokens tokens) {

	static final String FILE = "endpoints.json";

	private static final JsonMapper JSON = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

	/**
	 * What a data folder says, whether or not the system is up.
	 * @throws LaunchException when there is nothing to read
	 */
	static Endpoints read(Path folder) {
		Path file = folder.resolve(FILE);
		if (!Files.exists(file)) {
			throw new LaunchException("%s is missing: nothing was started with this data folder".formatted(file));
		}
		try {
			return JSON.readValue(Files.readString(file), Endpoints.class);
		}
		catch (IOException | JacksonException ex) {
			throw new LaunchException("%s cannot be read: %s".formatted(file, ex.getMessage()), ex);
		}
	}

	/** Writes the file, for its owner only: it holds tokens. */
	void write(Path folder) {
		PrivateFile.write(folder.resolve(FILE), JSON.writeValueAsString(this) + "\n");
	}

	DemoTarget demoTarget() {
		return new DemoTarget(this.partnerSpace, this.mailInbox, this.acceptanceService, this.tokens.administrator(),
				this.tokens.clientManager());
	}

	/** A bearer token for each role. */
	record Tokens(String administrator, String clientManager, String accountant) {

		@Override
		public String toString() {
			return "Tokens[]";
		}

	}

}
