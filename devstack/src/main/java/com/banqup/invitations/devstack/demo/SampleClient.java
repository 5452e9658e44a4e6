package com.banqup.invitations.devstack.demo;

/** A company of the sample file. */
record SampleClient(String name, String email, String language, String externalReference, String vatNumber,
		String country) {
}
