package com.banqup.invitations.acceptance.web;

import java.util.List;
import java.util.regex.Pattern;

import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Tells programs, which get a problem when something goes wrong, from people, who get a
 * page. Every request is of one or the other, so that every failure has an answer.
 */
public final class Audience {

	private static final Pattern API = Pattern.compile("/v1(/.*)?", Pattern.DOTALL);

	private Audience() {
	}

	/**
	 * Whether a program asks: everybody at the API, and whoever does not name HTML.
	 * Browsers name it when they go to a page.
	 */
	public static boolean isProgram(ServerHttpRequest request) {
		return API.matcher(request.getPath().pathWithinApplication().value()).matches()
				|| accepted(request).stream().noneMatch(Audience::isHtml);
	}

	private static boolean isHtml(MediaType accepted) {
		boolean html = accepted.isCompatibleWith(MediaType.TEXT_HTML)
				|| accepted.isCompatibleWith(MediaType.APPLICATION_XHTML_XML);
		return html && !accepted.isWildcardType() && accepted.getQualityValue() > 0;
	}

	private static List<MediaType> accepted(ServerHttpRequest request) {
		try {
			return request.getHeaders().getAccept();
		}
		catch (InvalidMediaTypeException ex) {
			return List.of();
		}
	}

}
