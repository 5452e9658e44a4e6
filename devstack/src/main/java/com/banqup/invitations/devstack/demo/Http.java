package com.banqup.invitations.devstack.demo;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** HTTP whose failures tell whether asking again makes sense. */
final class Http {

	private Http() {
	}

	/**
	 * The answer, whatever its status unless that says that the server is away or busy.
	 * @throws TemporaryFailure when there is no answer, or one that may differ next time
	 */
	static HttpResponse<String> send(HttpClient client, HttpRequest request) {
		try {
			HttpResponse<String> response = client.send(request,
					HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
			if (isTemporary(response.statusCode())) {
				throw new TemporaryFailure(describe(request, response));
			}
			return response;
		}
		catch (IOException ex) {
			throw new TemporaryFailure("%s %s: %s".formatted(request.method(), request.uri().getAuthority(), ex), ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new DemoException("stopped", ex);
		}
	}

	/** What was asked and what came back; the path of a link is a secret and left out. */
	static String describe(HttpRequest request, HttpResponse<String> response) {
		String body = response.body().strip().replaceAll("\\s+", " ");
		return "%s %s answered %d%s".formatted(request.method(), request.uri().getAuthority(), response.statusCode(),
				body.isEmpty() ? "" : ": " + body.substring(0, Math.min(300, body.length())));
	}

	private static boolean isTemporary(int status) {
		return status == 408 || status == 425 || status == 429 || status >= 500;
	}

}
