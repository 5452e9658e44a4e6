package com.banqup.invitations.acceptance.page;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.stereotype.Component;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebSession;

/**
 * The Business Spaces that were chosen in this session, one for each invitation, so that
 * two tabs do not mix two invitations up.
 */
@Component
class ChosenSpaces {

	/** Begins the names of the session's attributes. */
	static final String PREFIX = "space.";

	private static final int LIMIT = 16;

	private final Clock clock;

	ChosenSpaces(Clock clock) {
		this.clock = clock;
	}

	Mono<Void> remember(ServerWebExchange exchange, UUID invitationId, UUID businessSpaceId) {
		return exchange.getSession()
			.flatMap((session) -> Mono
				.fromRunnable(() -> remember(session.getAttributes(), invitationId, businessSpaceId)));
	}

	private void remember(Map<String, Object> attributes, UUID invitationId, UUID businessSpaceId) {
		List<String> newestFirst = attributes.entrySet()
			.stream()
			.filter((entry) -> entry.getValue() instanceof Choice)
			.sorted(Comparator.comparing((Map.Entry<String, Object> entry) -> ((Choice) entry.getValue()).at())
				.reversed())
			.map(Map.Entry::getKey)
			.toList();
		newestFirst.stream().skip(LIMIT - 1L).forEach(attributes::remove);
		attributes.put(PREFIX + invitationId, new Choice(businessSpaceId, this.clock.instant()));
	}

	/** What was chosen for this invitation, empty for nothing. */
	Mono<UUID> find(ServerWebExchange exchange, UUID invitationId) {
		return exchange.getSession().mapNotNull((session) -> find(session, invitationId));
	}

	private static @Nullable UUID find(WebSession session, UUID invitationId) {
		Choice choice = session.getAttribute(PREFIX + invitationId);
		return (choice != null) ? choice.businessSpaceId() : null;
	}

	/**
	 * A choice.
	 *
	 * @param at when it was made
	 */
	record Choice(UUID businessSpaceId, Instant at) {
	}

}
