package com.banqup.invitations.devstack.registry;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

import com.banqup.invitations.devstack.host.BuildProperties;
import com.banqup.invitations.devstack.host.ToolCache;

/** Apicurio Registry's program, from the archive that the build put on this machine. */
final class RegistryProgram {

	private RegistryProgram() {
	}

	/** The jar to run; it finds its libraries beside it. */
	static Path jar() {
		return ToolCache
			.unpacked("apicurio-registry-" + BuildProperties.require("registry.version"),
					() -> open(Path.of(BuildProperties.require("registry.archive"))))
			.resolve("quarkus-run.jar");
	}

	private static InputStream open(Path archive) throws IOException {
		if (!Files.exists(archive)) {
			throw new IOException("%s is not there: 'mvn -pl devstack generate-resources' gets it".formatted(archive));
		}
		return new BufferedInputStream(new GZIPInputStream(Files.newInputStream(archive), 1 << 16), 1 << 16);
	}

}
