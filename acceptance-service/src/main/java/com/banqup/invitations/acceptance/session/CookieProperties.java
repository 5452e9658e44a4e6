package com.banqup.invitations.acceptance.session;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.http.ResponseCookie.ResponseCookieBuilder;

/**
 * How cookies are protected.
 *
 * @param secureCookies whether cookies travel over https only and are bound to this very
 * host; false only where there is no https
 */
@ConfigurationProperties("acceptance")
public record CookieProperties(@DefaultValue("true") boolean secureCookies) {

	/** The name that a cookie really has: browsers guard names with this prefix. */
	public String nameOf(String cookie) {
		return this.secureCookies ? "__Host-" + cookie : cookie;
	}

	/** Protects a cookie: no scripts, no other sites' posts, no other paths. */
	public void protect(ResponseCookieBuilder cookie) {
		cookie.httpOnly(true).secure(this.secureCookies).sameSite("Lax").path("/");
	}

}
