package com.banqup.invitations.devstack;

import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * An OpenID Connect provider with as many issuers as it is asked for; the system uses
 * {@link #PARTNERS} and {@link #CLIENTS}. Whoever types a name and an address is
 * registered and logged in: it proves nothing and belongs on a developer's machine.
 */
public interface IdentityProvider extends Part {

	/** The issuer of Partner Space users. */
	String PARTNERS = "partners";

	/** The issuer of Business Space users. */
	String CLIENTS = "clients";

	/** The issuer's identifier, under which its discovery document is found. */
	URI issuer(String name);

	/** A signed access token that the issuer's discovery document lets anyone verify. */
	String token(String issuerName, String subject, Map<String, Object> claims, Duration validity);

}
