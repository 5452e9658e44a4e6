package com.banqup.invitations.api.batch;

import com.banqup.invitations.api.client.ClientId;
import com.banqup.invitations.api.client.ClientProbe;

/**
 * What two rows that name the same client have in common: the client that is there, or
 * what a new one is told apart by.
 *
 * @param text the key
 */
public record ClientKey(String text) {

	static ClientKey of(ClientId id) {
		return new ClientKey("id\n" + id);
	}

	static ClientKey ofReference(String externalReference) {
		return new ClientKey("reference\n" + externalReference);
	}

	/** Of a new client without a reference. */
	static ClientKey ofAddress(ClientProbe probe) {
		return new ClientKey("address\n" + probe.address() + "\n" + probe.name());
	}

	/** Of a new client with a reference. */
	static ClientKey ofReferredAddress(ClientProbe probe) {
		return new ClientKey("referred\n" + probe.address() + "\n" + probe.name());
	}

	/** The key would be personal data in a log. */
	@Override
	public String toString() {
		return "ClientKey[…]";
	}

}
