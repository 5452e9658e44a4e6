package com.banqup.invitations.cli.api;

import java.net.URI;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * A Partner Space, and on whose behalf it is asked.
 *
 * @param server invite-api's URL, up to where {@code /v1} begins
 * @param token read for each request, so that a long run takes up a renewed token
 */
public record PartnerSpace(URI server, UUID id, Supplier<String> token) {

	URI uri(String path) {
		String base = this.server.toString().replaceAll("/+$", "");
		return URI.create(base + "/v1/partner-spaces/" + this.id + path);
	}

	@Override
	public String toString() {
		return "PartnerSpace[" + this.server + ", " + this.id + "]";
	}

}
