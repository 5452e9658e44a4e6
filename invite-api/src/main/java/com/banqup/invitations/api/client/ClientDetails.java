package com.banqup.invitations.api.client;

import com.banqup.invitations.schemas.InviteeLanguage;
import org.jspecify.annotations.Nullable;

/**
 * What a partner records about a client.
 *
 * @param name the company's name
 * @param email where invitations go
 * @param language the language to address the client in, null if not known
 * @param externalReference the partner's own key for the client, unique in the Partner
 * Space
 * @param vatNumber the VAT number as written, null if not known
 * @param country ISO 3166-1 alpha-2, null if not known
 */
public record ClientDetails(String name, EmailAddress email, @Nullable InviteeLanguage language,
		@Nullable String externalReference, @Nullable String vatNumber, @Nullable String country) {

	/** What to say where the name is missing. */
	public static final String NAME_EXPECTED = "missing (expected: the company's name)";

	/** What to say where the address is missing. */
	public static final String EMAIL_EXPECTED = "missing (expected: the address for invitations)";

	/** These, with what others give; null gives nothing. */
	public ClientDetails correctedBy(ClientDetails given) {
		return new ClientDetails(given.name, given.email, (given.language != null) ? given.language : this.language,
				(given.externalReference != null) ? given.externalReference : this.externalReference,
				(given.vatNumber != null) ? given.vatNumber : this.vatNumber,
				(given.country != null) ? given.country : this.country);
	}

	/** The record's fields would be personal data in a log. */
	@Override
	public String toString() {
		return "ClientDetails[…]";
	}

}
