package com.banqup.invitations.devstack;

/**
 * The servers that the services need: real ones, on this machine, bound to 127.0.0.1. A
 * part starts when it is first asked for, and methods may be called from many threads.
 */
public interface Stack extends AutoCloseable {

	/**
	 * The stack that all tests of this JVM share, on free ports and with data that lasts
	 * as long as the JVM: in containers when a Docker engine answers, embedded otherwise.
	 * The system property {@code devstack} or the environment variable {@code DEVSTACK}
	 * decides too: {@code embedded} or {@code containers}.
	 */
	static Stack shared() {
		return SharedStack.get();
	}

	/** Kafka, with every topic of {@code Topics.all()}, each partition with a leader. */
	KafkaBroker kafka();

	/** PostgreSQL, without databases yet. */
	Postgres postgres();

	/** A schema registry with Confluent's API. */
	SchemaRegistry registry();

	/** An SMTP server that takes every mail and keeps it. */
	MailInbox inbox();

	/** An OpenID Connect provider at which anybody may register. */
	IdentityProvider identity();

	/** Stops every part that was started. */
	@Override
	void close();

}
