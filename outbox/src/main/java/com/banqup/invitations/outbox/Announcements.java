package com.banqup.invitations.outbox;

/**
 * Tells the active relay, in whichever process it is, that rows were committed.
 */
interface Announcements {

	/**
	 * Returns at once and never fails; calls that follow each other closely count as one.
	 */
	void announce();

}
