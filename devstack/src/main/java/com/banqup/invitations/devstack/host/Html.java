package com.banqup.invitations.devstack.host;

import org.jspecify.annotations.Nullable;

/** Text within HTML. */
public final class Html {

	private Html() {
	}

	/** For text between tags and in quoted attributes; nothing for null. */
	public static String escape(@Nullable String text) {
		if (text == null) {
			return "";
		}
		return text.replace("&", "&amp;")
			.replace("<", "&lt;")
			.replace(">", "&gt;")
			.replace("\"", "&quot;")
			.replace("'", "&#39;");
	}

}
