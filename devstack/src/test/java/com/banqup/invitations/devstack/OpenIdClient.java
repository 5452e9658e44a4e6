package com.banqup.invitations.devstack;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An application that logs people in, knowing the issuer only. */
public final class OpenIdClient {

	public static final String CALLBACK = "http://127.0.0.1:8082/login/oauth2/code/banqup";

	/** The example of RFC 7636, appendix B. */
	public static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

	/** In milliseconds, for an issuer that was never called before. */
	private static final int PATIENCE = 30_000;

	private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

	private final HttpClient http = HttpClient.newHttpClient();

	private final JsonNode discovery;

	private OpenIdClient(JsonNode discovery) {
		this.discovery = discovery;
	}

	public static OpenIdClient of(URI issuer) throws IOException, InterruptedException {
		HttpResponse<String> response = HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create(issuer + "/.well-known/openid-configuration")).build(),
					HttpResponse.BodyHandlers.ofString());
		return new OpenIdClient(JsonMapper.shared().readTree(response.body()));
	}

	public JsonNode discovery() {
		return this.discovery;
	}

	/** Where the application sends the browser. */
	public URI loginAddress() {
		return URI.create(endpoint("authorization_endpoint") + "?"
				+ form(Map.of("response_type", "code", "client_id", "acceptance-service", "scope",
						"openid profile email", "redirect_uri", CALLBACK, "state", "the state", "nonce", "the-nonce",
						"code_challenge", CHALLENGE, "code_challenge_method", "S256")));
	}

	public HttpResponse<String> get(URI address) throws IOException, InterruptedException {
		return this.http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
	}

	/** What the browser does with the login page's form. */
	public HttpResponse<String> submit(Map<String, String> fields) throws IOException, InterruptedException {
		return post(loginAddress(), fields);
	}

	/** The parameters with which the browser comes back. */
	public static Map<String, String> parameters(HttpResponse<?> redirect) {
		URI location = URI.create(redirect.headers().firstValue("Location").orElseThrow());
		return Arrays.stream(location.getRawQuery().split("&"))
			.map((pair) -> pair.split("=", 2))
			.collect(Collectors.toMap((pair) -> pair[0], (pair) -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
	}

	public HttpResponse<String> exchange(String code, String verifier) throws IOException, InterruptedException {
		return post(URI.create(endpoint("token_endpoint")),
				Map.of("grant_type", "authorization_code", "code", code, "redirect_uri", CALLBACK, "client_id",
						"acceptance-service", "client_secret", "secret", "code_verifier", verifier));
	}

	public JsonNode userInfo(String accessToken) throws IOException, InterruptedException {
		HttpResponse<String> response = this.http.send(HttpRequest.newBuilder(URI.create(endpoint("userinfo_endpoint")))
			.header("Authorization", "Bearer " + accessToken)
			.build(), HttpResponse.BodyHandlers.ofString());
		return JsonMapper.shared().readTree(response.body());
	}

	/** The claims, if signature, issuer and time are right. */
	public JWTClaimsSet verify(String token) throws Exception {
		JWKSource<SecurityContext> keys = JWKSourceBuilder
			.create(URI.create(endpoint("jwks_uri")).toURL(), new DefaultResourceRetriever(PATIENCE, PATIENCE))
			.build();
		DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
		processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.RS256, keys));
		DefaultJWTClaimsVerifier<SecurityContext> claims = new DefaultJWTClaimsVerifier<>(
				new JWTClaimsSet.Builder().issuer(endpoint("issuer")).build(), Set.of("sub", "iat", "exp"));
		claims.setMaxClockSkew(0);
		processor.setJWTClaimsSetVerifier(claims);
		return processor.process(token, null);
	}

	private String endpoint(String name) {
		return this.discovery.get(name).asString();
	}

	private HttpResponse<String> post(URI address, Map<String, String> fields)
			throws IOException, InterruptedException {
		return this.http.send(HttpRequest.newBuilder(address)
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString(form(fields)))
			.build(), HttpResponse.BodyHandlers.ofString());
	}

	private static String form(Map<String, String> fields) {
		return fields.entrySet()
			.stream()
			.map((field) -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
			.collect(Collectors.joining("&"));
	}

}
