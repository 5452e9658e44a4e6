package com.banqup.invitations.devstack;

import com.banqup.invitations.devstack.host.Ports;

/**
 * The ports of the parts, all on 127.0.0.1.
 *
 * @param kafka Kafka's clients
 * @param kafkaController Kafka's own quorum
 * @param postgres PostgreSQL
 * @param registry the schema registry
 * @param smtp the mail inbox's SMTP server
 * @param inbox the mail inbox's web page and JSON API
 * @param identity the identity provider
 */
public record StackPorts(int kafka, int kafkaController, int postgres, int registry, int smtp, int inbox,
		int identity) {

	/** The ports that the documentation names. */
	public static StackPorts standard() {
		return new StackPorts(9092, 9093, 5433, 8085, 2525, 8025, 8090);
	}

	/** Ports that nobody listens on now. */
	public static StackPorts free() {
		int[] ports = Ports.free(7);
		return new StackPorts(ports[0], ports[1], ports[2], ports[3], ports[4], ports[5], ports[6]);
	}

}
