package com.banqup.invitations.api.client;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/**
 * Reads the tables of domain names from their file while the service starts, so that no
 * request does, on an event loop.
 */
@Component
class DomainNameTables implements SmartInitializingSingleton {

	@Override
	public void afterSingletonsInstantiated() {
		EmailAddress.of("info@example.com");
	}

}
