package com.banqup.invitations.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import org.jspecify.annotations.Nullable;

/**
 * An issuer of tokens that can be started late: discovery document and keys over HTTP.
 * While it is down it hangs up on everybody; it keeps its port, as another process could
 * take it.
 */
public final class TestIssuer implements AutoCloseable {

	private final RSAKey key;

	private final HttpServer server;

	private volatile boolean up;

	private TestIssuer(RSAKey key, HttpServer server) {
		this.key = key;
		this.server = server;
	}

	/** An issuer that answers. */
	public static TestIssuer started() {
		TestIssuer issuer = stopped();
		issuer.start();
		return issuer;
	}

	/** An issuer that is down. */
	public static TestIssuer stopped() {
		TestIssuer issuer = new TestIssuer(newKey(), bind());
		issuer.serve();
		return issuer;
	}

	/** Answers from now on. */
	public void start() {
		this.up = true;
	}

	public String uri() {
		return "http://127.0.0.1:" + this.server.getAddress().getPort() + "/partners";
	}

	public String token(@Nullable String subject, Map<String, Object> claims) {
		return token(subject, claims, Duration.ofHours(1));
	}

	public String token(@Nullable String subject, Map<String, Object> claims, Duration validity) {
		return sign(this.key, subject, claims, validity);
	}

	/** A token that says it is from this issuer but is signed by somebody else. */
	public String forgedToken(String subject, Map<String, Object> claims) {
		return sign(newKey(), subject, claims, Duration.ofHours(1));
	}

	/** A token with this type in its header, null for none. */
	public String tokenOfType(@Nullable String type, String subject, Map<String, Object> claims) {
		return sign(this.key, (type != null) ? new JOSEObjectType(type) : null, subject, claims, Duration.ofHours(1));
	}

	private String sign(RSAKey signer, @Nullable String subject, Map<String, Object> claims, Duration validity) {
		return sign(signer, null, subject, claims, validity);
	}

	private String sign(RSAKey signer, @Nullable JOSEObjectType type, @Nullable String subject,
			Map<String, Object> claims, Duration validity) {
		JWTClaimsSet.Builder set = new JWTClaimsSet.Builder().issuer(uri())
			.subject(subject)
			.issueTime(new Date())
			.expirationTime(Date.from(Instant.now().plus(validity)));
		claims.forEach(set::claim);
		SignedJWT jwt = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("k1").type(type).build(),
				set.build());
		try {
			jwt.sign(new RSASSASigner(signer));
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
		return jwt.serialize();
	}

	private void serve() {
		answer("/partners/.well-known/openid-configuration", "{\"issuer\":\"" + uri() + "\",\"jwks_uri\":\"" + uri()
				+ "/jwks\",\"subject_types_supported\":[\"public\"]}");
		answer("/partners/jwks", new JWKSet(this.key.toPublicJWK()).toString());
		this.server.start();
	}

	private void answer(String path, String json) {
		byte[] body = json.getBytes(StandardCharsets.UTF_8);
		this.server.createContext(path, (exchange) -> {
			if (!this.up) {
				exchange.close();
				return;
			}
			exchange.getResponseHeaders().set("Content-Type", "application/json");
			exchange.sendResponseHeaders(200, body.length);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
	}

	private static HttpServer bind() {
		try {
			return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static RSAKey newKey() {
		try {
			return new RSAKeyGenerator(2048).keyID("k1").generate();
		}
		catch (JOSEException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
