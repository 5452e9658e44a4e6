package com.banqup.invitations.acceptance.page;

import reactor.core.publisher.Mono;

import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** The page that signing out leads to. */
@Controller
class SignedOutController {

	@GetMapping(PageSecurity.SIGNED_OUT)
	Mono<Page> showSignedOut() {
		return Mono.just(
				Page.shown(HttpStatus.OK, NoticeView.of("signed-out", Tone.GOOD).saying()).at(PageSecurity.SIGNED_OUT));
	}

}
