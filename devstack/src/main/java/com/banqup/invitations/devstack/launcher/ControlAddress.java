package com.banqup.invitations.devstack.launcher;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Where a running launcher takes orders, and the word that proves that the one who gives
 * them may read its data folder.
 */
record ControlAddress(URI url, String token) {

	private static final JsonMapper JSON = new JsonMapper();

	private static final String FILE = "control.json";

	/**
	 * The running launcher of this data folder.
	 * @throws LaunchException when there is none
	 */
	static ControlAddress read(Path folder) {
		Path file = file(folder);
		if (!Files.exists(file)) {
			throw new LaunchException("nothing runs with data folder %s: start it with ./run".formatted(folder));
		}
		try {
			return JSON.readValue(Files.readString(file), ControlAddress.class);
		}
		catch (IOException | JacksonException ex) {
			throw new LaunchException("%s cannot be read: %s".formatted(file, ex.getMessage()), ex);
		}
	}

	void write(Path folder) {
		PrivateFile.write(file(folder), JSON.writeValueAsString(this));
	}

	static void delete(Path folder) {
		try {
			Files.deleteIfExists(file(folder));
		}
		catch (IOException ex) {
			throw new LaunchException("%s cannot be deleted: %s".formatted(file(folder), ex), ex);
		}
	}

	private static Path file(Path folder) {
		return folder.resolve("run").resolve(FILE);
	}

	@Override
	public String toString() {
		return "ControlAddress[" + this.url + "]";
	}

}
