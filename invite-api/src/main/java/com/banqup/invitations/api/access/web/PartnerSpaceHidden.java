package com.banqup.invitations.api.access.web;

import org.springframework.security.access.AccessDeniedException;

/** The Partner Space is not the caller's: it is answered as if it did not exist. */
class PartnerSpaceHidden extends AccessDeniedException {

	private static final long serialVersionUID = 1L;

	PartnerSpaceHidden() {
		super("Not the caller's Partner Space");
	}

}
