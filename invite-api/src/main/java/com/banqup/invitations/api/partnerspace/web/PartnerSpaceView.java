package com.banqup.invitations.api.partnerspace.web;

import java.util.UUID;

import com.banqup.invitations.api.partnerspace.PartnerSpace;
import io.swagger.v3.oas.annotations.media.Schema;

/** A Partner Space. */
@Schema(name = "PartnerSpace")
record PartnerSpaceView(UUID id, @Schema(description = "The name that mails and pages call it by.",
		example = "Janssens Accountants") String name) {

	static PartnerSpaceView of(PartnerSpace partnerSpace) {
		return new PartnerSpaceView(partnerSpace.id().value(), partnerSpace.name());
	}

}
