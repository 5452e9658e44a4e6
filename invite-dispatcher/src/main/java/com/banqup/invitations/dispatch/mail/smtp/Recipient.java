package com.banqup.invitations.dispatch.mail.smtp;

import java.util.regex.Pattern;

import com.banqup.invitations.dispatch.mail.MailRejected;

/**
 * An address that is safe to put into an SMTP command: a dot-atom (RFC 5322, with RFC
 * 6532's letters) at an ASCII domain.
 *
 * @param address the address
 */
record Recipient(String address) {

	private static final int MAX_OCTETS = 254;

	private static final Pattern ADDRESS = Pattern.compile(
			"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\\-\\x{a1}-\\x{10ffff}]+(?:\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~\\-\\x{a1}-\\x{10ffff}]+)*"
					+ "@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*");

	private static final Pattern NOT_TEXT = Pattern.compile("[\\p{C}\\p{Z}\\s]");

	/**
	 * Checks an address.
	 * @throws MailRejected when it is none
	 */
	static Recipient of(String address) {
		if (address.length() > MAX_OCTETS || NOT_TEXT.matcher(address).find() || !ADDRESS.matcher(address).matches()) {
			throw new MailRejected("address-invalid", null, null, "not an address that mail can be sent to");
		}
		return new Recipient(address);
	}

}
