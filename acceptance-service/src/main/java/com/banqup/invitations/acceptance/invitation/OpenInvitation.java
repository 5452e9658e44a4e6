package com.banqup.invitations.acceptance.invitation;

import java.time.Clock;

import com.banqup.invitations.link.LinkKeys;
import com.banqup.invitations.link.LinkToken;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;

/**
 * Tells what a link means now. Changes nothing. A link that we did not make never reaches
 * the database.
 */
@Component
public class OpenInvitation {

	private final LinkKeys keys;

	private final Invitations invitations;

	private final Clock clock;

	OpenInvitation(LinkKeys keys, Invitations invitations, Clock clock) {
		this.keys = keys;
		this.invitations = invitations;
		this.clock = clock;
	}

	/**
	 * What the link means now; never empty.
	 * @param token untrusted, as it stood in the address
	 */
	public Mono<LinkState> open(String token) {
		return Mono.fromCallable(() -> this.keys.recognise(token))
			.flatMap((link) -> link.map(this::look).orElseGet(() -> Mono.just(new LinkState.Unknown())));
	}

	private Mono<LinkState> look(LinkToken link) {
		return this.invitations.find(link.invitationId())
			.map((invitation) -> LinkState.of(link, invitation, this.clock.instant()))
			.defaultIfEmpty(new LinkState.NotYetKnown(link));
	}

}
