package com.banqup.invitations.devstack;

/** One Kafka broker. It does not create topics by itself. */
public interface KafkaBroker extends Part {

	/** What clients take as {@code bootstrap.servers}. */
	String bootstrapServers();

	/**
	 * Creates a topic unless it is there, and returns when each partition has a leader.
	 */
	void createTopic(String name, int partitions);

}
