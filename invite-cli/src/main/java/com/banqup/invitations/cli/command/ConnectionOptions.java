package com.banqup.invitations.cli.command;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

import com.banqup.invitations.cli.connection.Wishes;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which server, which Partner Space, which token. */
final class ConnectionOptions {

	@Option(names = "--url", paramLabel = "URL",
			description = "The server of the Invite API. Else $INVITE_URL, else the local ./run's.")
	private @Nullable URI url;

	@Option(names = "--partner-space", paramLabel = "ID",
			description = "The Partner Space. Else $INVITE_PARTNER_SPACE, else the local ./run's.")
	private @Nullable UUID partnerSpace;

	@Option(names = "--token", paramLabel = "TOKEN",
			description = "A bearer token. Other users of this machine can see it here: better use --token-file or "
					+ "$INVITE_TOKEN. Else the local ./run's, for a Client Manager.")
	private @Nullable String token;

	@Option(names = "--token-file", paramLabel = "FILE",
			description = "A file with a bearer token; read for each request, so that it may be renewed.")
	private @Nullable Path tokenFile;

	@Option(names = "--data", paramLabel = "DIR",
			description = "The data folder of a local ./run, if it is not data/ beside this program.")
	private @Nullable Path data;

	/**
	 * What the options say, then the environment.
	 * @throws Misuse if the environment makes no sense
	 */
	Wishes wishes(Surroundings surroundings) {
		Map<String, String> environment = surroundings.environment();
		return new Wishes(orVariable(this.url, environment, "INVITE_URL", URI::create),
				orVariable(this.partnerSpace, environment, "INVITE_PARTNER_SPACE", UUID::fromString), this.token,
				this.tokenFile, environment.get("INVITE_TOKEN"),
				(this.data != null) ? this.data : surroundings.home().resolve("data"));
	}

	private static <T> @Nullable T orVariable(@Nullable T option, Map<String, String> environment, String variable,
			Function<String, T> reading) {
		String value = environment.get(variable);
		if (option != null || value == null || value.isBlank()) {
			return option;
		}
		try {
			return reading.apply(value);
		}
		catch (IllegalArgumentException ex) {
			throw new Misuse(variable + " cannot be understood: " + value);
		}
	}

	/** The same again, for a command to copy; never the token. */
	String repeated() {
		return option("--url", this.url) + option("--partner-space", this.partnerSpace)
				+ option("--token-file", this.tokenFile) + option("--data", this.data);
	}

	private static String option(String name, @Nullable Object value) {
		return (value == null) ? "" : " " + name + " '" + value.toString().replace("'", "'\\''") + "'";
	}

}
