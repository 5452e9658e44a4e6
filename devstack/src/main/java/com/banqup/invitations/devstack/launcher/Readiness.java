package com.banqup.invitations.devstack.launcher;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Asks a service whether it serves. */
final class Readiness implements BooleanSupplier {

	private static final Duration PATIENCE = Duration.ofSeconds(3);

	private final HttpClient http;

	private final HttpRequest request;

	Readiness(HttpClient http, URI service) {
		this.http = http;
		this.request = HttpRequest.newBuilder(service.resolve("/actuator/health/readiness")).timeout(PATIENCE).build();
	}

	@Override
	public boolean getAsBoolean() {
		try {
			return this.http.send(this.request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
