package com.banqup.invitations.acceptance.login;

import java.util.Set;

import org.springframework.stereotype.Component;

/** Where forms may lead to that start a login. */
@Component
public class LoginForms {

	private final ProviderRegistrations registrations;

	LoginForms(ProviderRegistrations registrations) {
		this.registrations = registrations;
	}

	/** The origins that the browser goes through. */
	public Set<String> targets() {
		return this.registrations.formTargets();
	}

}
