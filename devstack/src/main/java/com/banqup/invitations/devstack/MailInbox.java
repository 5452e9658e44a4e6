package com.banqup.invitations.devstack;

import java.net.URI;
import java.util.List;

/**
 * An SMTP server that delivers nothing and keeps everything, with a web page to look at
 * it. {@link #stop()} and {@link #start()} concern SMTP: what arrived stays readable.
 */
public interface MailInbox extends Part {

	/** The port of the SMTP server on 127.0.0.1. */
	int smtpPort();

	/** The web page, which also answers with JSON under {@code /api}. */
	URI url();

	/** All mails in the order of their arrival. */
	List<Mail> mails();

	/** The mails to an envelope recipient, whatever its case, in order of arrival. */
	List<Mail> mailsTo(String address);

	/** Deletes all mails. */
	void clear();

}
