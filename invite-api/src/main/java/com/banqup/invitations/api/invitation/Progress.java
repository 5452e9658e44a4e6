package com.banqup.invitations.api.invitation;

/** How far the client got, in order. It counts forwards only. */
public enum Progress {

	/** Nothing seen of the client yet. */
	NONE,

	/** Opened the invitation and went on. */
	OPENED,

	/** Signed in, or registered. */
	SIGNED_IN,

	/** Chose or created the Business Space. */
	SPACE_CHOSEN,

	/** Granted the access. */
	CONFIRMED

}
