package com.banqup.invitations.devstack.registry;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.zip.GZIPInputStream;

import com.banqup.invitations.devstack.host.ToolCache;

/** Apicurio Registry's program, from the archive that the build put on this machine. */
final class RegistryProgram {

	private static final String LOCATION = "/devstack-registry.properties";

	private RegistryProgram() {
	}

	/** The jar to run; it finds its libraries beside it. */
	static Path jar() {
		Properties location = location();
		return ToolCache
			.unpacked("apicurio-registry-" + location.getProperty("version"),
					() -> open(Path.of(location.getProperty("archive"))))
			.resolve("quarkus-run.jar");
	}

	private static Properties location() {
		Properties location = new Properties();
		try (InputStream in = RegistryProgram.class.getResourceAsStream(LOCATION)) {
			if (in == null) {
				throw new IllegalStateException(LOCATION + " is not on the class path: build devstack with Maven");
			}
			location.load(in);
			return location;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static InputStream open(Path archive) throws IOException {
		if (!Files.exists(archive)) {
			throw new IOException("%s is not there: 'mvn -pl devstack generate-resources' gets it".formatted(archive));
		}
		return new BufferedInputStream(new GZIPInputStream(Files.newInputStream(archive), 1 << 16), 1 << 16);
	}

}
