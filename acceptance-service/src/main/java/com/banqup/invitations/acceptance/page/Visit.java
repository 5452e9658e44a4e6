package com.banqup.invitations.acceptance.page;

import java.util.Optional;

import com.banqup.invitations.acceptance.invitation.LinkState;
import com.banqup.invitations.acceptance.login.SignedIn;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Somebody with a link.
 *
 * @param state what the link means now
 * @param signedIn who it is, null for somebody unknown
 */
record Visit(LinkState state, @Nullable SignedIn signedIn) {

	static Mono<Visit> of(Mono<LinkState> state) {
		return Mono.zip(state, SignedIn.current().map(Optional::of).defaultIfEmpty(Optional.empty()))
			.map((visit) -> new Visit(visit.getT1(), visit.getT2().orElse(null)));
	}

	@Override
	public String toString() {
		return "Visit";
	}

}
