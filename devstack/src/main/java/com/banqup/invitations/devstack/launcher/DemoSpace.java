package com.banqup.invitations.devstack.launcher;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

import com.banqup.invitations.devstack.IdentityProvider;

/**
 * The Partner Space of a data folder and its users.
 *
 * @param id drawn once per data folder
 */
record DemoSpace(UUID id) {

	/** A run that lasts longer needs new tokens: a restart writes them. */
	static final Duration TOKENS_VALID_FOR = Duration.ofDays(30);

	/** The folder's Partner Space, drawn now if there is none. */
	static DemoSpace in(Path folder) {
		Path file = folder.resolve("partner-space-id");
		try {
			if (!Files.exists(file)) {
				PrivateFile.write(file, UUID.randomUUID() + "\n");
			}
			return new DemoSpace(UUID.fromString(Files.readString(file, StandardCharsets.UTF_8).strip()));
		}
		catch (IOException | IllegalArgumentException ex) {
			throw new LaunchException("%s cannot be read: %s".formatted(file, ex.getMessage()), ex);
		}
	}

	/** Its URL at invite-api. */
	URI url(PortPlan ports) {
		return ports.http(Port.INVITE_API).resolve("/v1/partner-spaces/" + this.id);
	}

	/** Fresh tokens for its users. */
	Endpoints.Tokens tokens(IdentityProvider identity) {
		return new Endpoints.Tokens(token(identity, "Administrator", "Anna Administrator"),
				token(identity, "Client Manager", "Carl Client-Manager"),
				token(identity, "Accountant", "Alice Accountant"));
	}

	private String token(IdentityProvider identity, String role, String name) {
		String subject = UUID.nameUUIDFromBytes((this.id + role).getBytes(StandardCharsets.UTF_8)).toString();
		return identity.token(IdentityProvider.PARTNERS, subject,
				Map.of("partner_space_id", this.id.toString(), "partner_role", role, "name", name), TOKENS_VALID_FOR);
	}

}
