package com.banqup.invitations.api.client;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import com.banqup.invitations.api.text.PlainText;
import com.ibm.icu.text.IDNA;

/**
 * An address that mail can be sent to (RFC 5321, without quoted local parts and address
 * literals, which no business uses and many relays refuse). The domain may be written in
 * any script (IDNA 2008 by UTS 46, non-transitional).
 *
 * @param given the address as it was written
 * @param ascii the address as it goes to the mail relay: the domain in its ASCII form
 */
public record EmailAddress(String given, String ascii) {

	private static final int MAX_LOCAL_PART = 64;

	private static final int MAX_DOMAIN = 255;

	/** Longer ones are looked at more closely. */
	private static final int MAX_PLAIN_NAME = 200;

	private static final int MAX_LABEL = 63;

	private static final String TOO_LONG = "the domain is too long (expected: up to " + MAX_DOMAIN
			+ " characters, 63 between dots)";

	/** RFC 5321 §4.5.3.1.3: 256 for the path, which includes the angle brackets. */
	private static final int MAX_LENGTH = 254;

	private static final Pattern LOCAL_PART = Pattern
		.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*");

	private static final Pattern DOMAIN = Pattern
		.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

	private static final IDNA IDN = IDNA.getUTS46Instance(IDNA.NONTRANSITIONAL_TO_ASCII
			| IDNA.NONTRANSITIONAL_TO_UNICODE | IDNA.CHECK_BIDI | IDNA.CHECK_CONTEXTJ | IDNA.USE_STD3_RULES);

	/**
	 * ASCII names may have two hyphens there; the rule is for names that would look
	 * encoded.
	 */
	private static final Set<IDNA.Error> HARMLESS = EnumSet.of(IDNA.Error.HYPHEN_3_4);

	/**
	 * The address in this text, without what comes with pasted text unseen and without
	 * blanks around it, no-break ones included.
	 * @throws InvalidEmailAddress saying what is wrong, without repeating the address
	 */
	public static EmailAddress of(String text) {
		String given = PlainText.stripped(PlainText.withoutPasted(text));
		int at = given.lastIndexOf('@');
		require(at > 0 && at < given.length() - 1, "not an address (expected: local-part@domain)");
		String localPart = given.substring(0, at);
		require(localPart.length() <= MAX_LOCAL_PART,
				localPart.length() + " characters before the @ (expected: 1.." + MAX_LOCAL_PART + ")");
		require(LOCAL_PART.matcher(localPart).matches(),
				"not an address: the part before the @ (expected: letters a-z, digits and !#$%&'*+/=?^_`{|}~- with single dots between)");
		String domain = asciiDomain(given.substring(at + 1));
		String ascii = localPart + "@" + domain;
		require(ascii.length() <= MAX_LENGTH,
				ascii.length() + " characters (expected: up to " + MAX_LENGTH + ", with the domain in its ASCII form)");
		return new EmailAddress(given, ascii);
	}

	/** Whether an address is in this text. */
	public static boolean matches(String text) {
		try {
			of(text);
			return true;
		}
		catch (InvalidEmailAddress ex) {
			return false;
		}
	}

	/** Reads the tables of domain names from their files, for threads that must not. */
	static void loadTables() {
		of("someone@b\u00FCcher.example");
	}

	private static String asciiDomain(String domain) {
		return isPlainName(domain) ? domain.toLowerCase(Locale.ROOT) : converted(domain);
	}

	/**
	 * Whether this is a domain without any question, which most are: there is nothing to
	 * convert then but the case.
	 */
	static boolean isPlainName(String domain) {
		if (domain.length() > MAX_PLAIN_NAME) {
			return false;
		}
		int labels = 0;
		int start = 0;
		while (start < domain.length()) {
			int dot = domain.indexOf('.', start);
			int end = (dot >= 0) ? dot : domain.length();
			if (!isPlainLabel(domain, start, end)) {
				return false;
			}
			labels++;
			start = end + 1;
		}
		return labels > 1 && isLetter(domain.charAt(domain.length() - 1));
	}

	private static boolean isPlainLabel(String domain, int start, int end) {
		if (end == start || end - start > MAX_LABEL) {
			return false;
		}
		for (int index = start; index < end; index++) {
			char character = domain.charAt(index);
			boolean inside = character == '-' && index > start && index < end - 1 && domain.charAt(index - 1) != '-';
			if (!isLetter(character) && !(character >= '0' && character <= '9') && !inside) {
				return false;
			}
		}
		return true;
	}

	private static boolean isLetter(char character) {
		return character >= 'a' && character <= 'z' || character >= 'A' && character <= 'Z';
	}

	/** The domain in its ASCII form, by the rules for domains of all scripts. */
	static String converted(String domain) {
		// No domain gets shorter in its ASCII form, and converting is quadratic.
		require(domain.length() <= MAX_DOMAIN, TOO_LONG);
		StringBuilder ascii = new StringBuilder();
		IDNA.Info info = new IDNA.Info();
		IDN.nameToASCII(domain, ascii, info);
		require(isTooLong(info) || HARMLESS.containsAll(info.getErrors()), "not a domain after the @");
		require(ascii.length() <= MAX_DOMAIN && !isTooLong(info), TOO_LONG);
		String lower = ascii.toString().toLowerCase(Locale.ROOT);
		require(DOMAIN.matcher(lower).matches(), "not a domain after the @ (expected: a name with a dot)");
		String topLevel = lower.substring(lower.lastIndexOf('.') + 1);
		require(!topLevel.chars().allMatch((character) -> character >= '0' && character <= '9'),
				"not a domain after the @ (expected: a name, not an IP address)");
		return lower;
	}

	private static boolean isTooLong(IDNA.Info info) {
		return info.getErrors().contains(IDNA.Error.DOMAIN_NAME_TOO_LONG)
				|| info.getErrors().contains(IDNA.Error.LABEL_TOO_LONG);
	}

	private static void require(boolean condition, String message) {
		if (!condition) {
			throw new InvalidEmailAddress(message);
		}
	}

	/** The record's fields would be personal data in a log. */
	@Override
	public String toString() {
		return "EmailAddress[…]";
	}

}
