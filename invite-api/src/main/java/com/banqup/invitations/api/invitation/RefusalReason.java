package com.banqup.invitations.api.invitation;

/** Why a client is not invited. */
public enum RefusalReason {

	/** An invitation is pending: it can be sent again. */
	ALREADY_INVITED("already-invited", "An invitation is pending. It can be sent again."),

	/** The client is linked. */
	ALREADY_LINKED("already-linked", "The client is linked to the Partner Space."),

	/** The Partner Space has no such client. */
	UNKNOWN_CLIENT("unknown-client", "The Partner Space has no such client.");

	private final String code;

	private final String detail;

	RefusalReason(String code, String detail) {
		this.code = code;
		this.detail = detail;
	}

	/** The stable code, for programs. */
	public String code() {
		return this.code;
	}

	/** The reason in words, for people. */
	public String detail() {
		return this.detail;
	}

}
