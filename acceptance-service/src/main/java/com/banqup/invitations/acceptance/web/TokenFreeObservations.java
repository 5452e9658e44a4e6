package com.banqup.invitations.acceptance.web;

import io.micrometer.common.KeyValues;

import org.springframework.http.server.reactive.observation.DefaultServerRequestObservationConvention;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.stereotype.Component;

/**
 * Observes requests by their route only: the path of some carries a link's token, and a
 * token belongs in no trace.
 */
@Component
class TokenFreeObservations extends DefaultServerRequestObservationConvention {

	@Override
	public KeyValues getHighCardinalityKeyValues(ServerRequestObservationContext context) {
		return KeyValues.empty();
	}

}
