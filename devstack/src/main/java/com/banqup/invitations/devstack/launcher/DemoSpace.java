package com.banqup.invitations.devstack.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
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
	private static final Duration TOKENS_VALID_FOR = Duration.ofDays(30);

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

	/** The Partner Space with fresh tokens for its users. */
	Endpoints.Demo endpoints(PortPlan ports, IdentityProvider identity, InstantSource clock) {
		Endpoints.Tokens tokens = new Endpoints.Tokens(token(identity, "Administrator", "Anna Administrator"),
				token(identity, "Client Manager", "Carl Client-Manager"),
				token(identity, "Accountant", "Alice Accountant"));
		return new Endpoints.Demo(this.id, ports.http(Port.INVITE_API).resolve("/v1/partner-spaces/" + this.id),
				clock.instant().plus(TOKENS_VALID_FOR).truncatedTo(ChronoUnit.SECONDS), tokens);
	}

	private String token(IdentityProvider identity, String role, String name) {
		String subject = UUID.nameUUIDFromBytes((this.id + role).getBytes(StandardCharsets.UTF_8)).toString();
		return identity.token(IdentityProvider.PARTNERS, subject,
				Map.of("partner_space_id", this.id.toString(), "partner_role", role, "name", name), TOKENS_VALID_FOR);
	}

}
