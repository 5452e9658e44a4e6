package com.banqup.invitations.devstack.demo;

import org.jspecify.annotations.Nullable;

/** The demo cannot go on; the message is for the user. */
public final class DemoException extends RuntimeException {

	public DemoException(String message) {
		super(message);
	}

	public DemoException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
