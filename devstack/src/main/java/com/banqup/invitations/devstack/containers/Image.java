package com.banqup.invitations.devstack.containers;

import com.banqup.invitations.devstack.host.BuildProperties;

/** A server's image, in the version that is also embedded. */
enum Image {

	KAFKA("apache/kafka", BuildProperties.require("kafka.version")),
	POSTGRES("postgres", BuildProperties.require("postgres.version").replaceFirst("\\..*", "")),
	REGISTRY("apicurio/apicurio-registry", BuildProperties.require("registry.version"));

	private final String repository;

	private final String tag;

	Image(String repository, String tag) {
		this.repository = repository;
		this.tag = tag;
	}

	String repository() {
		return this.repository;
	}

	String reference() {
		return this.repository + ":" + this.tag;
	}

}
