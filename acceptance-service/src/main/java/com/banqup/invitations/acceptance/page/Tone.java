package com.banqup.invitations.acceptance.page;

/** The mood of a notice, which decides its sign. */
public enum Tone {

	/** All is well. */
	GOOD,

	/** Something ended, or did not work. */
	PLAIN,

	/** Time heals it, or made it so. */
	WAITING,

	/** The answer is in the mailbox. */
	MAIL

}
