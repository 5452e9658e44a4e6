package com.banqup.invitations.systemtests.bench;

import java.util.List;
import java.util.Map;

import com.banqup.invitations.devstack.Database;

/**
 * Where a {@link BenchStack} is, and who may use the system on it.
 *
 * @param administrators each of a Partner Space of its own
 * @param settings what the servers say of themselves
 */
record Addresses(Database inviteApi, Database dispatcher, Database acceptance, String bootstrapServers,
		String registryUrl, String partnersIssuer, String clientsIssuer, List<Administrator> administrators,
		Map<String, String> settings) {

	/**
	 * Somebody who may do everything in one Partner Space.
	 */
	record Administrator(String partnerSpaceId, String token) {

		@Override
		public String toString() {
			return "Administrator[" + this.partnerSpaceId + "]";
		}

	}

}
