package com.banqup.invitations.cli;

import com.banqup.invitations.cli.command.Program;
import com.banqup.invitations.cli.command.Surroundings;

/** Starts the program. */
public final class InviteCli {

	private InviteCli() {
	}

	public static void main(String[] args) {
		System.exit(new Program(Surroundings.ofProcess()).withWordsAtTheEndOfTheProcess().run(args));
	}

}
