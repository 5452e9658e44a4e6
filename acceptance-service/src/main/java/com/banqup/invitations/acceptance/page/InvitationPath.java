package com.banqup.invitations.acceptance.page;

/**
 * Where the pages of one link are.
 *
 * @param token of a link that was recognised, so it holds nothing but URL-safe letters
 */
record InvitationPath(String token) {

	InvitationPath {
		if (!token.matches("[A-Za-z0-9_-]+")) {
			throw new IllegalArgumentException("token: not URL-safe");
		}
	}

	String landing() {
		return "/i/" + this.token;
	}

	String proceed() {
		return landing() + "/continue";
	}

	String space() {
		return landing() + "/space";
	}

	String confirm() {
		return landing() + "/confirm";
	}

	String done() {
		return landing() + "/done";
	}

	@Override
	public String toString() {
		return "/i/***";
	}

}
