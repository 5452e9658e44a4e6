package com.banqup.invitations.devstack.identity;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

import com.banqup.invitations.devstack.IdentityProvider;
import com.banqup.invitations.devstack.host.LocalHttp;
import com.banqup.invitations.devstack.host.Ports;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import org.jspecify.annotations.Nullable;

/** mock-oauth2-server's protocol with keys, accounts and pages of our own. */
public final class LocalIdentityProvider implements IdentityProvider {

	private final int port;

	private final StoredKeys keys;

	private final Accounts accounts;

	private final InstantSource clock = InstantSource.system();

	private final Set<String> issuers = ConcurrentHashMap.newKeySet();

	private @Nullable LocalHttp server;

	/**
	 * Describes a provider, not started yet.
	 * @param folder for its keys and accounts; must exist
	 * @param port on 127.0.0.1, part of the issuers' identifiers
	 */
	public LocalIdentityProvider(Path folder, int port) {
		this.port = port;
		this.keys = new StoredKeys(folder.resolve("keys.json"));
		this.accounts = new Accounts(folder.resolve("accounts.json"));
		this.issuers.addAll(Set.of(PARTNERS, CLIENTS));
	}

	@Override
	public synchronized void start() {
		if (this.server == null) {
			Ports.requireFree(this.port, "the identity provider");
			this.server = LocalHttp.start(this.port,
					new IdentityWeb(base(), this.issuers, this.keys, this.accounts)::handle);
		}
	}

	@Override
	public synchronized void stop() {
		if (this.server != null) {
			this.server.stop();
			this.server = null;
		}
	}

	@Override
	public synchronized boolean isRunning() {
		return this.server != null;
	}

	@Override
	public URI issuer(String name) {
		if (!name.matches("[a-z][a-z0-9-]{0,39}")) {
			throw new IllegalArgumentException(
					"name: \"%s\" (expected: 1 to 40 lower-case letters, digits, hyphens)".formatted(name));
		}
		this.issuers.add(name);
		return base().resolve("/" + name);
	}

	@Override
	public String token(String issuerName, String subject, Map<String, Object> claims, Duration validity) {
		Instant now = this.clock.instant();
		Instant from = validity.isNegative() ? now.plus(validity).minusSeconds(60) : now;
		JWTClaimsSet.Builder body = new JWTClaimsSet.Builder().issuer(issuer(issuerName).toString())
			.subject(subject)
			.jwtID(UUID.randomUUID().toString())
			.issueTime(Date.from(from))
			.notBeforeTime(Date.from(from))
			.expirationTime(Date.from(now.plus(validity)));
		claims.forEach(body::claim);
		return sign(this.keys.signingKey(issuerName), body.build());
	}

	private static String sign(JWK key, JWTClaimsSet claims) {
		SignedJWT token = new SignedJWT(
				new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).type(JOSEObjectType.JWT).build(),
				claims);
		try {
			token.sign(new RSASSASigner(key.toRSAKey()));
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
		return token.serialize();
	}

	private URI base() {
		return URI.create("http://127.0.0.1:" + this.port);
	}

}
