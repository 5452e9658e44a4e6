package com.banqup.invitations.cli.connection;

import java.net.URI;
import java.nio.file.Path;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What the user says about the connection; null for what is not said.
 *
 * @param environmentToken the token in the environment
 * @param data the data folder of a local {@code ./run}
 */
public record Wishes(@Nullable URI url, @Nullable UUID partnerSpaceId, @Nullable String token, @Nullable Path tokenFile,
		@Nullable String environmentToken, Path data) {

	@Override
	public String toString() {
		return "Wishes[" + this.url + ", " + this.partnerSpaceId + "]";
	}

}
