package com.banqup.invitations.devstack.host;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** What the build wrote into {@code devstack.properties}. */
public final class BuildProperties {

	private static final String FILE = "/devstack.properties";

	private BuildProperties() {
	}

	/** The value of a property that must be there. */
	public static String require(String name) {
		Properties properties = new Properties();
		try (InputStream in = BuildProperties.class.getResourceAsStream(FILE)) {
			if (in != null) {
				properties.load(in);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		String value = properties.getProperty(name);
		if (value == null) {
			throw new IllegalStateException(
					"%s: no %s on the class path (build devstack with Maven)".formatted(FILE, name));
		}
		return value;
	}

}
