package com.banqup.invitations.acceptance.page;

import com.banqup.invitations.acceptance.login.LoginForms;
import reactor.core.publisher.Mono;

import org.springframework.http.HttpHeaders;
import org.springframework.security.web.server.header.ServerHttpHeadersWriter;
import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;

/**
 * What a browser may do with our pages: show our style and icon, post forms to us, and go
 * on from there to the identity provider. Nothing else: no scripts, no frames, nothing
 * from elsewhere.
 */
@Component
class PageHeaders implements ServerHttpHeadersWriter {

	private static final String ALLOWED = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; "
			+ "frame-ancestors 'none'; form-action 'self' ";

	private final LoginForms forms;

	PageHeaders(LoginForms forms) {
		this.forms = forms;
	}

	@Override
	public Mono<Void> writeHttpHeaders(ServerWebExchange exchange) {
		return Mono.fromRunnable(() -> {
			HttpHeaders headers = exchange.getResponse().getHeaders();
			headers.set("Content-Security-Policy", ALLOWED + String.join(" ", this.forms.targets()));
			headers.set("X-Robots-Tag", "noindex, nofollow, noarchive");
		});
	}

}
