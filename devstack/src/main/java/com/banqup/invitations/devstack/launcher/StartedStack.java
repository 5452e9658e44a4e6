package com.banqup.invitations.devstack.launcher;

import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;

import com.banqup.invitations.devstack.Database;
import com.banqup.invitations.devstack.IdentityProvider;
import com.banqup.invitations.devstack.KafkaBroker;
import com.banqup.invitations.devstack.MailInbox;
import com.banqup.invitations.devstack.Postgres;
import com.banqup.invitations.devstack.SchemaRegistry;

/** The stack's parts, all of them up, with a database for each service. */
record StartedStack(ServiceDatabases databases, KafkaBroker kafka, IdentityProvider identity, MailInbox inbox,
		SchemaRegistry registry) {

	ServiceDefinitions.Surroundings surroundings() {
		return new ServiceDefinitions.Surroundings(this.identity.issuer(IdentityProvider.PARTNERS),
				this.identity.issuer(IdentityProvider.CLIENTS), this.registry.url());
	}

	Endpoints endpoints(PortPlan ports, DemoSpace demoSpace, InstantSource clock) {
		return new Endpoints(ports.http(Port.INVITE_API), ports.http(Port.INVITE_DISPATCHER),
				ports.http(Port.ACCEPTANCE_SERVICE), this.inbox.url(), ports.address(Port.SMTP),
				ports.http(Port.IDENTITY), this.identity.issuer(IdentityProvider.PARTNERS),
				this.identity.issuer(IdentityProvider.CLIENTS), this.registry.url(), this.kafka.bootstrapServers(),
				this.databases.jdbcUrls(), demoSpace.id(), demoSpace.url(ports),
				clock.instant().plus(DemoSpace.TOKENS_VALID_FOR).truncatedTo(ChronoUnit.SECONDS),
				demoSpace.tokens(this.identity));
	}

	/** A database for each service. */
	record ServiceDatabases(Database inviteApi, Database dispatcher, Database acceptance) {

		static ServiceDatabases on(Postgres postgres) {
			return new ServiceDatabases(postgres.createDatabase("invite_api"), postgres.createDatabase("dispatcher"),
					postgres.createDatabase("acceptance"));
		}

		Map<String, String> jdbcUrls() {
			return Map.of("invite_api", this.inviteApi.jdbcUrl(), "dispatcher", this.dispatcher.jdbcUrl(), "acceptance",
					this.acceptance.jdbcUrl());
		}

	}

}
