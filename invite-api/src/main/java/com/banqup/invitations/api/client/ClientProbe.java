package com.banqup.invitations.api.client;

import java.util.Locale;

import com.banqup.invitations.api.text.PlainText;
import org.jspecify.annotations.Nullable;

/**
 * What tells whether the Partner Space has a client already: its external reference, else
 * address and name, whatever their case, of a client that lacks a reference or whose
 * probe lacks one.
 *
 * @param externalReference the partner's own key, null for none
 * @param address the address in lower case
 * @param name the name without case and accents
 */
public record ClientProbe(@Nullable String externalReference, String address, String name) {

	/** The probe of a client with these details. */
	public static ClientProbe of(ClientDetails details) {
		return new ClientProbe(details.externalReference(), addressOf(details.email().ascii()),
				PlainText.folded(details.name()));
	}

	/** An address, in its ASCII form, as it is compared. */
	public static String addressOf(String ascii) {
		return ascii.toLowerCase(Locale.ROOT);
	}

	/** The record's fields would be personal data in a log. */
	@Override
	public String toString() {
		return "ClientProbe[…]";
	}

}
