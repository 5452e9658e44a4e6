package com.banqup.invitations.acceptance.session;

import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * The cookie that carries a session's id.
 */
public record SessionCookie(String name) {

	/** Whether the request can have a session at all: without, none is looked for. */
	public boolean isIn(ServerHttpRequest request) {
		return request.getCookies().containsKey(this.name);
	}

}
