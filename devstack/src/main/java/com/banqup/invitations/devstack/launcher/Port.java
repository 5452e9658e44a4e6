package com.banqup.invitations.devstack.launcher;

/** Everything that listens, in the order in which {@code --port-base} numbers it. */
enum Port {

	INVITE_API("invite-api", 8080), INVITE_DISPATCHER("invite-dispatcher", 8081),
	ACCEPTANCE_SERVICE("acceptance-service", 8082), INBOX("mail inbox", 8025), SMTP("SMTP", 2525),
	IDENTITY("identity provider", 8090), REGISTRY("schema registry", 8085), KAFKA("Kafka", 9092),
	KAFKA_CONTROLLER("Kafka controller", 9093), POSTGRES("PostgreSQL", 5433);

	private final String title;

	private final int standard;

	Port(String title, int standard) {
		this.title = title;
		this.standard = standard;
	}

	String title() {
		return this.title;
	}

	int standard() {
		return this.standard;
	}

}
