package com.banqup.invitations.devstack.registry;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Asks a registry whether it serves. */
public final class RegistryProbe {

	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private RegistryProbe() {
	}

	/** Confluent's API of the registry at a port of 127.0.0.1. */
	public static String url(int port) {
		return "http://127.0.0.1:%d/apis/ccompat/v7".formatted(port);
	}

	/** True when it lists its subjects; empty while it does not. */
	public static Optional<Boolean> serves(String url) throws IOException, InterruptedException {
		try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
			HttpResponse<Void> response = client.send(
					HttpRequest.newBuilder(URI.create(url + "/subjects")).timeout(PATIENCE).build(),
					HttpResponse.BodyHandlers.discarding());
			return Optional.of(true).filter((yes) -> response.statusCode() == 200);
		}
	}

}
