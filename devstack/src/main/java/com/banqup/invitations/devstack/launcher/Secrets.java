package com.banqup.invitations.devstack.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The secrets of a local run, drawn once per data folder, so that links in mails that
 * were sent earlier stay valid after a restart.
 *
 * @param linkKey Base64, for {@code invitation-links.keys}
 * @param clientSecret of the acceptance service at the identity provider
 */
record Secrets(String linkKey, String clientSecret) {

	private static final int BYTES = 32;

	/** The folder's secrets, drawn now if there are none. */
	static Secrets in(Path folder) {
		return new Secrets(readOrDraw(folder.resolve("link-key")), readOrDraw(folder.resolve("client-secret")));
	}

	private static String readOrDraw(Path file) {
		try {
			if (!Files.exists(file)) {
				byte[] bytes = new byte[BYTES];
				new SecureRandom().nextBytes(bytes);
				PrivateFile.write(file, Base64.getEncoder().encodeToString(bytes) + "\n");
			}
			return Files.readString(file).strip();
		}
		catch (IOException ex) {
			throw new LaunchException("%s cannot be read: %s".formatted(file, ex), ex);
		}
	}

	@Override
	public String toString() {
		return "Secrets[]";
	}

}
