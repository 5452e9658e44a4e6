package com.banqup.invitations.dispatch.mail.smtp;

/** How far a mail got: the command that the relay replied to. */
enum Stage {

	/** The sender. */
	MAIL,

	/** The recipient. */
	RCPT,

	/** The announcement of the message. */
	DATA,

	/** The message: from here on it may have been delivered. */
	MESSAGE

}
