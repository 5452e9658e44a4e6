package com.banqup.invitations.devstack;

/** The stack that the tests of the services use. */
class SharedStackIT implements PostgresContract, KafkaContract, SchemaRegistryContract, MailInboxContract,
		IdentityProviderContract {

	@Override
	public Stack stack() {
		return Stack.shared();
	}

}
