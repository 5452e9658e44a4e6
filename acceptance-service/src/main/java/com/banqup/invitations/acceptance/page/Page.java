package com.banqup.invitations.acceptance.page;

import java.net.URI;
import java.time.Duration;

import com.banqup.invitations.schemas.InviteeLanguage;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;

/** What the browser gets. */
sealed interface Page {

	/** A page with this view. */
	static Shown shown(HttpStatus status, View view) {
		return new Shown(status, view, null, null, null);
	}

	/** A redirect within the site, to be fetched by GET. */
	static Page seeOther(String path) {
		return new SeeOther(path);
	}

	/** A redirect to where the identity provider lets people sign in. */
	static Page toProvider(URI uri) {
		return new ToProvider(uri);
	}

	/**
	 * A page.
	 *
	 * @param language the language of the invitation, null for the browser's
	 * @param ownPath where the same page can be had in another language, null for nowhere
	 * @param retryAfter when it is worth another try, null for unknown
	 */
	record Shown(HttpStatus status, View view, @Nullable InviteeLanguage language, @Nullable String ownPath,
			@Nullable Duration retryAfter) implements Page {

		Shown in(@Nullable InviteeLanguage language) {
			return new Shown(this.status, this.view, language, this.ownPath, this.retryAfter);
		}

		Shown at(String ownPath) {
			return new Shown(this.status, this.view, this.language, ownPath, this.retryAfter);
		}

		Shown retryAfter(Duration retryAfter) {
			return new Shown(this.status, this.view, this.language, this.ownPath, retryAfter);
		}

	}

	/**
	 * A redirect.
	 *
	 * @param path within the site; never anything that came with the request but a
	 * recognised token
	 */
	record SeeOther(String path) implements Page {

		public SeeOther {
			if (!path.startsWith("/") || path.startsWith("//")) {
				throw new IllegalArgumentException("redirect: outside the site");
			}
		}

		@Override
		public String toString() {
			return "SeeOther";
		}

	}

	/**
	 * A redirect to the identity provider.
	 *
	 * @param uri made of the provider's own metadata
	 */
	record ToProvider(URI uri) implements Page {

		@Override
		public String toString() {
			return "ToProvider";
		}

	}

}
