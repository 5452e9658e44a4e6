package com.banqup.invitations.acceptance.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;

/** An identity provider that is out of order where a test says so. */
final class FailingProvider implements AutoCloseable {

	private final RSAKey key;

	private final HttpServer server;

	private final Map<String, String> answers = new ConcurrentHashMap<>();

	FailingProvider() {
		try {
			this.key = new RSAKeyGenerator(2048).keyID("1").generate();
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.createContext("/", (exchange) -> {
			String answer = this.answers.get(exchange.getRequestURI().getPath());
			byte[] body = (answer != null) ? answer.getBytes(StandardCharsets.UTF_8) : new byte[0];
			exchange.getResponseHeaders().set("Content-Type", "application/json");
			exchange.sendResponseHeaders((answer != null) ? 200 : 500, (body.length > 0) ? body.length : -1);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
		answers("/.well-known/openid-configuration", """
				{"issuer": "%1$s", "jwks_uri": "%1$s/keys", "subject_types_supported": ["public"],
				 "authorization_endpoint": "%1$s/authorize", "response_types_supported": ["code"],
				 "token_endpoint": "%1$s/token", "userinfo_endpoint": "%1$s/userinfo",
				 "id_token_signing_alg_values_supported": ["RS256"]}
				""".formatted(issuer()));
		this.server.start();
	}

	String issuer() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort();
	}

	/** Works at this path; all others are out of order. */
	void answers(String path, String json) {
		this.answers.put(path, json);
	}

	/** Works as far as keys and tokens go: somebody signed in. */
	void signsIn(String nonce) {
		SignedJWT idToken = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("1").build(),
				new JWTClaimsSet.Builder().issuer(issuer())
					.subject("ann")
					.audience("acceptance-service")
					.claim("nonce", nonce)
					.claim("name", "An\0n")
					.issueTime(new Date())
					.expirationTime(Date.from(Instant.now().plusSeconds(60)))
					.build());
		try {
			idToken.sign(new RSASSASigner(this.key));
			answers("/keys", new JWKSet(this.key.toPublicJWK()).toString());
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
		tells(idToken.serialize());
	}

	/** Gives out this as an ID token, whatever it is. */
	void tells(String idToken) {
		answers("/token", """
				{"access_token": "a", "token_type": "Bearer", "expires_in": 60, "scope": "openid profile email",
				 "id_token": "%s"}""".formatted(idToken));
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
