package com.banqup.invitations.api.access;

import java.util.UUID;

/**
 * What a request has been let in for; those that have not been have none.
 *
 * @param partnerSpaceId the Partner Space, the caller's own
 * @param needed what the caller may do there
 */
public record GrantedAccess(UUID partnerSpaceId, AccessNeeded needed) {

	/** The attribute of the exchange that holds it. */
	public static final String ATTRIBUTE = GrantedAccess.class.getName();

}
