package com.banqup.invitations.devstack.inbox;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * What the list shows of a mail; kept in front of each stored mail, so that starting does
 * not parse them all.
 *
 * @param id names the mail, ascending with its arrival
 * @param receivedAt when it was stored
 * @param sender the envelope sender
 * @param recipients the envelope recipients
 * @param from the From header, decoded
 * @param to the To header, decoded
 * @param subject the Subject header, decoded
 * @param size of the source in bytes
 */
record MailSummary(String id, Instant receivedAt, String sender, List<String> recipients, @Nullable String from,
		@Nullable String to, @Nullable String subject, int size) {

	boolean hasRecipient(String address) {
		return this.recipients.stream().anyMatch(address::equalsIgnoreCase);
	}

	/** Whether an address, a name or the subject has the words, whatever their case. */
	boolean mentions(String words) {
		String wanted = words.toLowerCase(Locale.ROOT);
		return this.recipients.stream().anyMatch((recipient) -> contains(recipient, wanted))
				|| contains(this.subject, wanted) || contains(this.to, wanted) || contains(this.from, wanted)
				|| contains(this.sender, wanted);
	}

	private static boolean contains(@Nullable String text, String wanted) {
		return text != null && text.toLowerCase(Locale.ROOT).contains(wanted);
	}

}
