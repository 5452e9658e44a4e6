package com.banqup.invitations.cli.connection;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

import com.banqup.invitations.cli.api.PartnerSpace;
import org.jspecify.annotations.Nullable;

/**
 * Makes out which Partner Space is meant: by the options, then the environment, then the
 * local {@code ./run}. A local run's token goes to that run's server and nowhere else.
 */
public final class Connection {

	private final Wishes wishes;

	private final InstantSource clock;

	private final Consumer<String> notes;

	/** A connection; {@code notes} is told what was not said but found. */
	public Connection(Wishes wishes, InstantSource clock, Consumer<String> notes) {
		this.wishes = wishes;
		this.clock = clock;
		this.notes = notes;
	}

	/**
	 * The Partner Space.
	 * @throws Misconfigured if something is missing
	 */
	public PartnerSpace partnerSpace() {
		Optional<LocalRun> run = LocalRun.find(this.wishes.data()).filter(this::isMeant);
		URI url = requireUrl(run);
		List<String> found = new ArrayList<>();
		UUID id = this.wishes.partnerSpaceId();
		if (id == null) {
			id = run.map(LocalRun::partnerSpaceId)
				.orElseThrow(() -> missing("the Partner Space", "--partner-space", "INVITE_PARTNER_SPACE"));
			found.add("the demo Partner Space");
		}
		Supplier<String> token = findToken();
		if (token == null) {
			LocalRun local = run.orElseThrow(() -> missing("a token", "--token-file", "INVITE_TOKEN"));
			requireValid(local);
			token = localToken(local);
			found.add("a Client Manager's token");
		}
		token.get();
		if (this.wishes.url() == null) {
			found.addFirst("the server " + url);
		}
		if (!found.isEmpty()) {
			this.notes.accept("From the local run's " + run.map((r) -> r.file().toString()).orElse("") + ": "
					+ String.join(", ", found));
		}
		warnIfAnybodyListens(url);
		return new PartnerSpace(url, id, token);
	}

	private boolean isMeant(LocalRun run) {
		URI url = this.wishes.url();
		return url == null || (run.inviteApi().getHost().equals(url.getHost())
				&& run.inviteApi().getPort() == url.getPort() && run.inviteApi().getScheme().equals(url.getScheme()));
	}

	private URI requireUrl(Optional<LocalRun> run) {
		URI url = this.wishes.url();
		if (url == null) {
			return run.map(LocalRun::inviteApi).orElseThrow(() -> missing("the server", "--url", "INVITE_URL"));
		}
		if (url.getHost() == null || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
				|| url.getUserInfo() != null || url.getQuery() != null || url.getFragment() != null) {
			throw new Misconfigured("--url (or INVITE_URL): '" + withoutSecrets(url)
					+ "' is no address of a server (expected: http or https, a host, perhaps a port and a path, "
					+ "such as https://invite.example.com)");
		}
		return url;
	}

	/** Passwords come before an @, tokens behind a question mark. */
	private static String withoutSecrets(URI url) {
		return url.toString().replaceFirst("[^/]*@", "...@").replaceFirst("[?#].*", "?...");
	}

	private Misconfigured missing(String what, String option, String variable) {
		return new Misconfigured(LocalRun.find(this.wishes.data())
			.map((other) -> "%s is missing: say %s, or set %s (what %s holds is for %s only, which is another server)"
				.formatted(what, option, variable, other.file(), other.inviteApi()))
			.orElseGet(() -> "%s is missing: say %s, set %s, or start ./run (there is no %s)".formatted(what, option,
					variable, this.wishes.data().resolve("endpoints.json"))));
	}

	private @Nullable Supplier<String> findToken() {
		Path file = this.wishes.tokenFile();
		if (file != null) {
			return () -> read(file);
		}
		String token = (this.wishes.token() != null) ? this.wishes.token() : this.wishes.environmentToken();
		if (token == null || token.isBlank()) {
			return null;
		}
		String checked = requireToken(token, (this.wishes.token() != null) ? "--token" : "INVITE_TOKEN");
		return () -> checked;
	}

	private static String read(Path file) {
		try {
			return requireToken(Files.readString(file), file.toString());
		}
		catch (IOException ex) {
			throw new Misconfigured("--token-file " + file + " cannot be read: " + ex.getClass().getSimpleName());
		}
	}

	/**
	 * A character that no header can hold would be quoted in an error, with the token.
	 */
	private static String requireToken(String text, String where) {
		String token = text.strip().replaceFirst("(?i)^Bearer\\s+", "");
		if (!token.matches("[\\x21-\\x7E]+")) {
			throw new Misconfigured(where + " holds no token (expected: visible ASCII characters)");
		}
		return token;
	}

	private void requireValid(LocalRun run) {
		if (!run.tokensExpireAt().isAfter(this.clock.instant())) {
			throw new Misconfigured("the tokens in " + run.file() + " ended at " + run.tokensExpireAt()
					+ ": start ./run again, it writes new ones");
		}
	}

	/** A restart of the run writes new tokens. */
	private static Supplier<String> localToken(LocalRun first) {
		return () -> LocalRun.find(first.folder()).map(LocalRun::token).orElse(first.token());
	}

	private void warnIfAnybodyListens(URI url) {
		if ("http".equals(url.getScheme()) && !isLoopback(url.getHost())) {
			this.notes.accept("Warning: http sends the token and the clients' data unencrypted to " + url.getHost());
		}
	}

	private static boolean isLoopback(String host) {
		try {
			return InetAddress.getByName(host).isLoopbackAddress();
		}
		catch (IOException ex) {
			return false;
		}
	}

}
