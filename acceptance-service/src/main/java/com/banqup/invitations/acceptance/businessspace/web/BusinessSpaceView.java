package com.banqup.invitations.acceptance.businessspace.web;

import java.time.Instant;
import java.util.UUID;

import com.banqup.invitations.acceptance.businessspace.BusinessSpace;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** A Business Space as the app sees it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record BusinessSpaceView(UUID id, String name, String country, @Nullable String vatNumber,
		@Nullable String registrationNumber, Instant createdAt) {

	static BusinessSpaceView of(BusinessSpace space) {
		return new BusinessSpaceView(space.id(), space.name(), space.country(), space.vatNumber(),
				space.registrationNumber(), space.createdAt());
	}

}
