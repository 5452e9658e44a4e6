package com.banqup.invitations.acceptance.web;

import java.util.List;

import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Tells programs, which get a problem when something goes wrong, from people, who get a
 * page. Every request is of one or the other, so that every failure has an answer.
 */
public final class Audience {

	private static final PathPattern API = PathPatternParser.defaultInstance.parse(ApiSecurityConfiguration.PATHS);

	private Audience() {
	}

	/**
	 * Whether a program asks: everybody at the API, and whoever does not name HTML.
	 * Browsers name it when they go to a page.
	 */
	public static boolean isProgram(ServerHttpRequest request) {
		return API.matches(request.getPath().pathWithinApplication())
				|| accepted(request).stream().noneMatch(Audience::isHtml);
	}

	/** Of application/* most is for programs, so that XHTML has to be named. */
	private static boolean isHtml(MediaType accepted) {
		boolean html = accepted.equalsTypeAndSubtype(MediaType.APPLICATION_XHTML_XML)
				|| (accepted.includes(MediaType.TEXT_HTML) && !accepted.isWildcardType());
		return html && accepted.getQualityValue() > 0;
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
