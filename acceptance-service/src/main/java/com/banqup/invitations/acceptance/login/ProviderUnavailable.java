package com.banqup.invitations.acceptance.login;

import org.jspecify.annotations.Nullable;

/** The identity provider cannot be asked at the moment: try again soon. */
public class ProviderUnavailable extends RuntimeException {

	public ProviderUnavailable(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
