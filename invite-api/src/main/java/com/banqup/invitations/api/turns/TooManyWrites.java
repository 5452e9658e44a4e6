package com.banqup.invitations.api.turns;

import java.util.UUID;

/** So many writes run and wait that there is no room for another one. */
public class TooManyWrites extends RuntimeException {

	private static final long serialVersionUID = 1L;

	TooManyWrites(UUID id) {
		super("Too many writes of Partner Space " + id);
	}

}
