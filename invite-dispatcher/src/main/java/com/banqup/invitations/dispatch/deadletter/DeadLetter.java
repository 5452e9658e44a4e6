package com.banqup.invitations.dispatch.deadletter;

import java.time.Instant;

/**
 * A request that will never be carried out, and why.
 *
 * @param record the request as it came
 * @param reasonCode stable code of the reason, for example mailbox-unknown or undecodable
 * @param detail what was found, for operators; bounded
 * @param at when it was given up
 */
public record DeadLetter(OriginalRecord record, String reasonCode, String detail, Instant at) {

	private static final int MAX_DETAIL = 1000;

	public DeadLetter {
		String text = detail.replace('\0', ' ');
		detail = (text.length() > MAX_DETAIL) ? text.substring(0, MAX_DETAIL) : text;
	}

}
