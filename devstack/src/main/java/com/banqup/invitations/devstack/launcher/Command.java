package com.banqup.invitations.devstack.launcher;

/** What the user asks for. */
sealed interface Command {

	/** Start everything and stay. */
	record Up(boolean fresh, boolean demo) implements Command {
	}

	/** Run the demo against the system that is up. */
	record Demo() implements Command {
	}

	/** Tell how each part is. */
	record Status() implements Command {
	}

	/** Take one part away. */
	record StopPart(String part) implements Command {
	}

	/** Give one part back. */
	record StartPart(String part) implements Command {
	}

}
