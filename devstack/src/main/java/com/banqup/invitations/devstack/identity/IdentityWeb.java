package com.banqup.invitations.devstack.identity;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import com.banqup.invitations.devstack.host.LocalHttp.Request;
import com.banqup.invitations.devstack.host.LocalHttp.Response;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import no.nav.security.mock.oauth2.OAuth2Config;
import no.nav.security.mock.oauth2.http.OAuth2HttpRequest;
import no.nav.security.mock.oauth2.http.OAuth2HttpRequestHandler;
import no.nav.security.mock.oauth2.http.OAuth2HttpResponse;
import no.nav.security.mock.oauth2.http.Route;
import no.nav.security.mock.oauth2.token.OAuth2TokenProvider;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The provider's endpoints. The login page is ours, everything else the library's; both
 * see the request under the provider's own address, whatever name the caller used.
 */
final class IdentityWeb {

	private static final JsonMapper JSON = JsonMapper.shared();

	/** Addresses that run instead of being visited. */
	private static final Set<String> SCRIPTS = Set.of("javascript", "data", "vbscript");

	private final URI base;

	private final Set<String> issuers;

	private final Accounts accounts;

	private final Route protocol;

	IdentityWeb(URI base, Set<String> issuers, StoredKeys keys, Accounts accounts) {
		this.base = base;
		this.issuers = issuers;
		this.accounts = accounts;
		this.protocol = new OAuth2HttpRequestHandler(
				new OAuth2Config(true, null, null, false, new OAuth2TokenProvider(keys)))
			.getAuthorizationServer();
	}

	Response handle(Request request) {
		String[] path = request.path().substring(1).split("/", 2);
		if (path[0].equals("login.css")) {
			return Response.of("text/css; charset=utf-8", stylesheet());
		}
		if (!this.issuers.contains(path[0])) {
			return Response.text(404,
					"No such issuer. There are: " + String.join(", ", this.issuers.stream().sorted().toList()));
		}
		return (path.length == 2 && path[1].equals("authorize")) ? authorize(request, path[0])
				: answer(this.protocol.invoke(protocolRequest(request, request.body())));
	}

	private Response authorize(Request request, String issuer) {
		AuthenticationRequest asked;
		try {
			asked = AuthenticationRequest.parse(this.base.resolve(request.target()));
		}
		catch (ParseException ex) {
			return page(LoginPage.error("The application's request is not valid: " + ex.getMessage())).withStatus(400);
		}
		URI back = asked.getRedirectionURI();
		if (back.getScheme() == null || SCRIPTS.contains(back.getScheme().toLowerCase(Locale.ROOT))) {
			return page(LoginPage.error("The application's address is not valid: " + back)).withStatus(400);
		}
		if (request.method().equals("POST")) {
			return logIn(request, issuer, asked);
		}
		Map<String, String> typed = new HashMap<>();
		if (asked.getLoginHint() != null) {
			typed.put("email", asked.getLoginHint());
		}
		return form(issuer, asked, typed, "");
	}

	private Response logIn(Request request, String issuer, AuthenticationRequest asked) {
		Map<String, String> typed = request.form();
		String email = typed.getOrDefault("email", "").strip();
		String name = typed.getOrDefault("name", "").strip();
		if (!email.matches("[^@\\s\\p{Cntrl}]+@[^@\\s\\p{Cntrl}]+") || email.length() > 254) {
			return form(issuer, asked, typed, "Enter an email address, like name@example.com.").withStatus(422);
		}
		if (name.length() > 120) {
			return form(issuer, asked, typed, "A name has up to 120 characters.").withStatus(422);
		}
		Accounts.Account account = this.accounts.logIn(issuer, email, name);
		Map<String, Object> claims = new LinkedHashMap<>();
		claims.put("email", account.email());
		claims.put("email_verified", !typed.containsKey("unverified"));
		claims.put("name", account.name());
		claims.put("preferred_username", account.email());
		return answer(this.protocol.invoke(protocolRequest(request,
				"username=" + encode(account.subject()) + "&claims=" + encode(JSON.writeValueAsString(claims)))));
	}

	private static Response form(String issuer, AuthenticationRequest asked, Map<String, String> typed,
			String problem) {
		return page(LoginPage.form(issuer, asked.getClientID().getValue(), typed, problem, cancel(asked)));
	}

	/** What a provider answers when the person does not want to log in. */
	private static String cancel(AuthenticationRequest asked) {
		URI back = asked.getRedirectionURI();
		String answer = "error=access_denied"
				+ ((asked.getState() != null) ? "&state=" + encode(asked.getState().getValue()) : "");
		return back + ((back.getRawQuery() != null) ? "&" : "?") + answer;
	}

	private OAuth2HttpRequest protocolRequest(Request request, String body) {
		Headers.Builder headers = new Headers.Builder();
		request.headers().forEach((name, values) -> {
			if (!name.equalsIgnoreCase("Host") && !name.toLowerCase(Locale.ROOT).startsWith("x-forwarded")) {
				values.forEach((value) -> headers.addUnsafeNonAscii(name, value));
			}
		});
		return new OAuth2HttpRequest(headers.build(), request.method(),
				HttpUrl.get(this.base.resolve(request.target()).toString()), body);
	}

	private static Response answer(OAuth2HttpResponse response) {
		Map<String, String> headers = new LinkedHashMap<>();
		response.getHeaders().forEach((header) -> headers.put(header.getFirst(), header.getSecond()));
		return new Response(response.getStatus(), headers, body(response.getBody(), response.getBytesBody()));
	}

	private static byte[] body(@Nullable String text, byte @Nullable [] bytes) {
		if (text != null) {
			return text.getBytes(StandardCharsets.UTF_8);
		}
		return (bytes != null) ? bytes : new byte[0];
	}

	/** No form-action: browsers apply it to the redirect back to the application too. */
	private static Response page(String html) {
		return Response.of("text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8))
			.with("Content-Security-Policy",
					"default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'");
	}

	private static String encode(String text) {
		return URLEncoder.encode(text, StandardCharsets.UTF_8);
	}

	private static byte[] stylesheet() {
		try (InputStream in = IdentityWeb.class.getResourceAsStream("login.css")) {
			if (in == null) {
				throw new IllegalStateException("login.css is not on the class path");
			}
			return in.readAllBytes();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
