package com.banqup.invitations.api.turns;

import java.util.UUID;

/** The Partner Space has as many writes running and waiting as it can have. */
public class TooManyWrites extends RuntimeException {

	private static final long serialVersionUID = 1L;

	TooManyWrites(UUID id) {
		super("Too many writes of Partner Space " + id);
	}

}
