package com.banqup.invitations.devstack.launcher;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Gives orders to a running launcher. */
final class ControlClient {

	private static final Duration PATIENCE = Duration.ofMinutes(5);

	private final ControlAddress address;

	ControlClient(ControlAddress address) {
		this.address = address;
	}

	/**
	 * Gives the order and returns what came of it, in words.
	 * @param order such as {@code stop/kafka}
	 * @throws LaunchException when nobody listens or it was not obeyed
	 */
	String send(String order) {
		HttpRequest request = HttpRequest.newBuilder(this.address.url().resolve("/" + order))
			.timeout(PATIENCE)
			.header("Authorization", "Bearer " + this.address.token())
			.build();
		try (HttpClient http = HttpClient.newHttpClient()) {
			HttpResponse<String> response = http.send(request,
					HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
			if (response.statusCode() != 200) {
				throw new LaunchException(response.body());
			}
			return response.body();
		}
		catch (IOException ex) {
			throw new LaunchException(
					"nothing answers for this data folder: its system is stopping or was killed; start it with ./run",
					ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new LaunchException("interrupted", ex);
		}
	}

}
