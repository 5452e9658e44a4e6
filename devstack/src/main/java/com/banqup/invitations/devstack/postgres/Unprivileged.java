package com.banqup.invitations.devstack.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * PostgreSQL refuses to run as root. Root runs it in a user namespace of its own or,
 * where the kernel or the container forbids that, as {@code nobody} with the right to
 * reach its files wherever they are.
 */
final class Unprivileged {

	private static final List<String> NAMESPACE = List.of("unshare", "-U");

	private static final String NOBODY = "65534";

	private static final List<String> AS_NOBODY = List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY,
			"--clear-groups", "--inh-caps=+dac_override", "--ambient-caps=+dac_override");

	private final List<String> prefix;

	private Unprivileged(List<String> prefix) {
		this.prefix = prefix;
	}

	/** Found out once. */
	static Unprivileged user() {
		return Holder.USER;
	}

	private static Unprivileged find() {
		if (!"root".equals(System.getProperty("user.name"))) {
			return new Unprivileged(List.of());
		}
		for (List<String> prefix : List.of(NAMESPACE, AS_NOBODY)) {
			if (succeeds(prefix, "id", "-u")) {
				return new Unprivileged(prefix);
			}
		}
		throw new IllegalStateException("PostgreSQL does not run as root, and neither 'unshare -U' nor 'setpriv' works:"
				+ " run as an ordinary user");
	}

	List<String> command(List<String> command) {
		List<String> all = new ArrayList<>(this.prefix);
		all.addAll(command);
		return all;
	}

	/**
	 * Whether the programs must lie where everybody can run them: the right to reach any
	 * file does not count in access(2), by which PostgreSQL checks its own programs.
	 */
	boolean isAnotherUser() {
		return this.prefix.equals(AS_NOBODY);
	}

	/** Lets the server own its folder. */
	void own(Path folder) {
		if (!isAnotherUser()) {
			return;
		}
		try {
			UserPrincipal nobody = FileSystems.getDefault()
				.getUserPrincipalLookupService()
				.lookupPrincipalByName(NOBODY);
			Files.setOwner(folder, nobody);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static boolean succeeds(List<String> prefix, String... command) {
		List<String> all = new ArrayList<>(prefix);
		all.addAll(List.of(command));
		try {
			Process process = new ProcessBuilder(all).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start();
			return process.waitFor(5, TimeUnit.SECONDS) && process.exitValue() == 0;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	private static final class Holder {

		static final Unprivileged USER = find();

	}

}
