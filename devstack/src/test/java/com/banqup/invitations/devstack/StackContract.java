package com.banqup.invitations.devstack;

/** What every stack does: the same tests for the embedded one and the containers. */
interface StackContract
		extends KafkaContract, PostgresContract, SchemaRegistryContract, MailInboxContract, IdentityProviderContract {

	@Override
	Stack stack();

}
